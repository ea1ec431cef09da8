from django.contrib.staticfiles import finders

from archive.typefaces import PATHS, TypefaceFinder
from statements.typefaces import FACES

PATH = "fonts/sans-regular.woff2"


def test_a_face_is_found_among_the_static_files():
    found = finders.find(PATH)
    with open(found, "rb") as file:
        assert file.read(4) == b"wOF2"
    assert finders.find(PATH, find_all=True) == [found]


def test_a_face_is_cut_once(monkeypatch):
    finder = TypefaceFinder()
    first = finder.find(PATH)
    monkeypatch.setattr("archive.typefaces.woff2", None)
    assert finder.find(PATH) == first


def test_what_is_no_face_is_left_to_others():
    finder = TypefaceFinder()
    assert finder.find("css/tokens.css") is None
    assert finder.find("css/tokens.css", find_all=True) == []


def test_all_are_gathered():
    listed = dict(TypefaceFinder().list([]))
    assert listed.keys() == PATHS.keys()
    assert len(listed) == len(FACES)
    assert all(storage.size(path) > 1000 for path, storage in listed.items())
