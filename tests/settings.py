"""The archive's settings for its tests: a database of their own, and nothing kept back by HTTPS."""

import os
from pathlib import Path

os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
os.environ["DEBUG"] = "0"
os.environ["BEHIND_HTTPS"] = "0"
os.environ["REQUIRE_REVIEW"] = "0"
os.environ["REQUIRE_TWO_FACTOR"] = "0"
os.environ["EMAIL_URL"] = ""
if os.environ.get("DATABASE_URL"):
    os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz")
    os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")

from archive.settings import *  # noqa: F403
from archive.settings import STATIC_ROOT, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(exist_ok=True)  # nothing is gathered there, and WhiteNoise misses it if absent
# Counts are kept by the archive's revision, which moves at the end of a transaction: most tests
# never get there.
_nowhere = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {"default": _nowhere, "pages": _nowhere}
