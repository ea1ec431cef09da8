"""An editor imports a table: seven bad lines are found, mended, and all of it is imported."""

import pytest
from playwright.sync_api import expect

from statements.admin import uploads
from statements.interchange import workers as workers_of_uploads
from statements.models import Statement
from tests.factories import make_article, make_official
from tests.formats.readers.test_statements_csv import table_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

BAD = (17, 44, 99, 123, 200, 250, 299)
ROW = {"form": "indirect", "speaker": "Jalil Abbas Jilani", "article": "report"}


@pytest.fixture
def workers(live_server, monkeypatch):
    """Waits for the processes that imported, which hold the database a little longer."""
    begun = []

    def begin(upload):
        begun.append(workers_of_uploads.begin(upload))
        return begun[-1]

    monkeypatch.setattr(uploads, "begin", begin)
    yield
    for process in begun:
        process.wait(60)


@pytest.fixture
def desk(live_server, workers, log_in, django_user_model):
    make_official(slug="jilani")
    make_article(slug="report")
    log_in(django_user_model.objects.create_superuser("curator"))
    return live_server.url


def hand_in(page, path):
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_role("status")).to_be_visible()


def write(folder, n_rows, bad=()):
    rows = [
        ROW | {"text": f"Words {n}.", "said_on": "2024-02-30" if n in bad else f"{1900 + n % 120}"}
        for n in range(n_rows)
    ]
    path = folder / "table.csv"
    path.write_bytes(table_of(*rows))
    return path


@pytest.mark.parametrize("n_rows", [300, pytest.param(10_000, marks=pytest.mark.slow)])
def test_an_editor_imports_a_table(desk, page, tmp_path, n_rows):
    page.goto(f"{desk}/admin/")
    page.get_by_role("link", name="Import a file").click()
    hand_in(page, write(tmp_path, n_rows, BAD))
    expect(page.get_by_text("7 lines are refused")).to_be_visible(timeout=180_000)
    expect(page.get_by_text("2024-02-30 is not a day of the calendar")).to_have_count(7)
    expect(page.get_by_text("line 19", exact=True)).to_be_visible()

    page.get_by_role("link", name="Upload it again").click()
    hand_in(page, write(tmp_path, n_rows))
    button = page.get_by_role("button", name=f"Import {n_rows:,} objects")
    expect(button).to_be_visible(timeout=180_000)
    assert not Statement.objects.exists()
    button.click()
    expect(page.get_by_text("confirmed by curator")).to_be_visible(timeout=180_000)
    assert Statement.objects.count() == n_rows
    assert page.problems == []


def test_the_preview_fits(desk, page, widths, tmp_path):
    page.goto(f"{desk}/admin/statements/upload/add/")
    hand_in(page, write(tmp_path, 30, BAD))
    expect(page.get_by_text("refused, so that")).to_be_visible(timeout=60_000)
    for width in widths(320, 1280):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.problems == []
