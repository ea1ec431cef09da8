import logging
import os

import pytest

from archive import keeping
from archive.keeping import KeptFiles
from archive.settings import CACHES, RELEASE

PARAMETERS = {"TIMEOUT": 60, "OPTIONS": {"MAX_ENTRIES": 20}}


@pytest.fixture
def kept(tmp_path):
    return KeptFiles(str(tmp_path / "kept"), PARAMETERS)


def test_it_works(kept):
    kept.set("page", b"words")
    assert kept.get("page") == b"words"
    assert kept.get("another") is None


def test_another_release_begins_anew():
    for told in CACHES.values():
        assert told["BACKEND"] == f"{KeptFiles.__module__}.{KeptFiles.__name__}"
        assert told["KEY_PREFIX"] == RELEASE


@pytest.mark.parametrize(
    "content",
    [b"", b"no pickle", b"\x80\x05N.no deflate", b"\x80\x05N.x\x9c\x4b", b"\x80\x05X", b"\0" * 9],
)
def test_what_is_damaged_was_not_kept(kept, tmp_path, content):
    kept.set("page", b"words")
    [path] = (tmp_path / "kept").iterdir()
    path.write_bytes(content)
    assert kept.get("page") is None
    kept.set("page", b"words")
    assert kept.get("page") == b"words"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path, caplog):
    (tmp_path / "file").write_text("no folder")
    with caplog.at_level(logging.WARNING):
        kept = KeptFiles(str(tmp_path / "file" / "kept"), PARAMETERS)
        kept.set("page", b"words")
        assert kept.get("page") is None
    assert "Nothing can be kept" in caplog.text


def test_a_full_disk_is_no_fault(kept, monkeypatch, tmp_path):
    def full(*_args):
        with open("/dev/full", "wb", buffering=0) as disk:
            disk.write(b"words")

    monkeypatch.setattr(kept, "_write_content", full)
    kept.set("page", b"words")
    assert kept.get("page") is None
    assert not os.listdir(tmp_path / "kept")


def test_there_are_hardly_more_than_it_may_hold(kept, monkeypatch, tmp_path):
    monkeypatch.setattr(keeping, "ONE_IN", 2)
    for n in range(200):
        kept.set(str(n), n)
    assert len(os.listdir(tmp_path / "kept")) < 60
