"""Settings of the archive. docs/settings.md lists what the environment may say."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from archive import cluster, environment, mail, release

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where it runs -------------------------------------------------------------------------------
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).expanduser().absolute()
DATABASE_URL = environment.text("DATABASE_URL")
IS_EMBEDDED = not DATABASE_URL
cluster.make_home(VAR_DIR)

DEBUG = environment.boolean("DEBUG", default=False)
HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.integer("PORT", default=8000, least=0, most=65535)
WEB_CONCURRENCY = environment.integer(
    "WEB_CONCURRENCY", default=max(2, min(os.cpu_count() or 2, 6)), least=1, most=64
)
ADMIN_PASSWORD = environment.text("ADMIN_PASSWORD")
RELEASE = release.stamp(BASE_DIR)
RELEASED_AT = release.changed_at(BASE_DIR)

# --- Database ------------------------------------------------------------------------------------
if IS_EMBEDDED:
    _database = cluster.connection(VAR_DIR)
else:
    _database = environment.database("DATABASE_URL", DATABASE_URL)
# A kept connection is probed before use, so that a restart of the database costs nobody an error.
DATABASES = {"default": {**_database, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What searches have counted and pages that nobody is signed in to, for all processes alike: kept
# by the archive's revision, so that nothing kept is ever out of date, and may be deleted at any
# time. Apart, so that a crawler's pages push no counts out.
_kept: dict[str, Any] = {
    "BACKEND": "archive.keeping.KeptFiles",
    "KEY_PREFIX": RELEASE,  # another release may read what is kept otherwise
    "TIMEOUT": 24 * 60 * 60,
    "OPTIONS": {"MAX_ENTRIES": 2_000},
}
CACHES = {
    "default": {**_kept, "LOCATION": VAR_DIR / "cache" / "counts"},
    "pages": {**_kept, "LOCATION": VAR_DIR / "cache" / "pages"},
}

# --- What is given away --------------------------------------------------------------------------
DUMPS_DIR = VAR_DIR / "dumps"
DATA_LICENCE = environment.text("DATA_LICENCE")

# --- Who may come --------------------------------------------------------------------------------
if IS_EMBEDDED and not environment.text("SECRET_KEY"):
    SECRET_KEY = environment.kept_secret(VAR_DIR / "secret.key")
else:
    SECRET_KEY = environment.secret("SECRET_KEY")
_hosts = "127.0.0.1,localhost,[::1]" if IS_EMBEDDED else ""
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", _hosts)
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")

BEHIND_HTTPS = environment.boolean("BEHIND_HTTPS", default=not IS_EMBEDDED)
TRUST_PROXY = environment.boolean("TRUST_PROXY", default=False)

REQUIRE_TWO_FACTOR = environment.boolean("REQUIRE_TWO_FACTOR", default=not IS_EMBEDDED)
# An embedded archive is one person's, on that person's machine.
SESSION_IDLE_MINUTES = environment.integer(
    "SESSION_IDLE_MINUTES", default=720 if IS_EMBEDDED else 120, least=5, most=10_080
)
SESSION_HOURS = environment.integer(
    "SESSION_HOURS", default=336 if IS_EMBEDDED else 12, least=1, most=8760
)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
LOG_INS_KEPT_DAYS = environment.integer("LOG_INS_KEPT_DAYS", default=365, least=1, most=36_500)
OTP_TOTP_ISSUER = "Demarche"

API_REQUESTS_PER_MINUTE = environment.integer(
    "API_REQUESTS_PER_MINUTE", default=600, least=0, most=1_000_000
)

REQUIRE_REVIEW = environment.boolean("REQUIRE_REVIEW", default=not IS_EMBEDDED)

# --- Mail ----------------------------------------------------------------------------------------
EMAIL_URL = environment.text("EMAIL_URL")
HAS_MAIL = bool(EMAIL_URL)
EMAIL_BACKEND = "statements.following.smtp.Backend"
EMAIL_TIMEOUT = mail.SECONDS_TO_WAIT
_server = mail.server("EMAIL_URL", EMAIL_URL) if HAS_MAIL else mail.Server()
EMAIL_HOST, EMAIL_PORT = _server.host, _server.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server.user, _server.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _server.is_starttls, _server.is_ssl
DEFAULT_FROM_EMAIL = mail.sender("EMAIL_FROM", environment.text("EMAIL_FROM"), is_needed=HAS_MAIL)
SITE_URL = mail.site(
    "SITE_URL",
    environment.text("SITE_URL"),
    ALLOWED_HOSTS,
    is_needed=HAS_MAIL,
    is_https=BEHIND_HTTPS,
)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    # After those whose pages of the admin it replaces.
    "statements",
]

MIDDLEWARE = [
    # First, so that static files and refusals carry the policy too.
    "csp.middleware.CSPMiddleware",
    "statements.browse.framing.allow_framing",
    "django.middleware.security.SecurityMiddleware",
    "statements.browse.languages.speak",
    "statements.api.gate.keep_gate",
    "statements.browse.guard.refuse_malformed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "statements.browse.freshness.answer_if_changed",
    "statements.browse.packing.pack_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "statements.admin.authorship.name_author",
    "statements.admin.sessions.guard_sessions",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "archive.urls"
CSRF_FAILURE_VIEW = "statements.browse.errors.csrf_failure"
WSGI_APPLICATION = "archive.wsgi.application"
LOGIN_REDIRECT_URL = "admin:index"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

# --- Languages and days --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Each with its pages under its own address: see docs/translating.md.
LANGUAGES = [("en", _("English")), ("fa", _("Persian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- Static files --------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "archive.typefaces.TypefaceFinder",
    "archive.stylesheets.StylesheetFinder",
]
_static_storage = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "archive.packing.PackedStaticFiles"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}

# --- What the browser is told --------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if BEHIND_HTTPS:
    # Browsers take a `__Host-` cookie over HTTPS alone, from this host alone, for every path.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Without a proxy's word every request looks plain, and a redirect would turn in a circle.
    SECURE_SSL_REDIRECT = TRUST_PROXY
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# Being on browsers' preload lists cannot be taken back quickly: the operator's choice, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- Limits --------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Logs: everything to standard error, with tracebacks also when DEBUG is off ----------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
