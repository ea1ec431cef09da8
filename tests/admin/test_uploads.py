"""Importing in the admin: a file is previewed, looked through, and confirmed or not."""

import gzip
import io
import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from statements.formats.readers.statement_columns import COLUMNS
from statements.interchange import uploads, work
from statements.models import Official, Review, Statement, Upload, UploadLine, UploadPart
from tests import factories
from tests.formats.readers.test_statements_csv import table_of
from tests.interchange.files import ALL, STATEMENT, TOPIC

pytestmark = pytest.mark.django_db

ADD = "/admin/statements/upload/add/"
ROW = {
    "text": "Ready to work on “all issues”.", "form": "indirect", "said_on": "2024-01-19",
    "speaker": "jilani", "article": "report", "quote": "all issues",
}  # fmt: skip
KEY = "2024-01-19-jilani"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Does the work within the request: a process of its own would not see this transaction."""
    monkeypatch.setattr("statements.admin.uploads.begin", work.work_on)


@pytest.fixture
def actors(db):
    factories.make_official(slug="jilani")
    return factories.make_article(slug="report", body="He spoke of “all issues”.")


@pytest.fixture
def staff(client, django_user_model):
    """Signs in somebody with these permissions and no others."""

    def sign_in(*names):
        user = django_user_model.objects.create_user("contributor", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        client.force_login(user)
        return client

    return sign_in


def send(client, content, name="table.csv"):
    """Uploads a file; returns the address of its page, and the upload."""
    answer = client.post(ADD, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"], Upload.objects.latest("pk")


def shown(client, content, name="table.csv", query=""):
    page, _ = send(client, content, name)
    return client.get(page + query).content.decode()


def confirm(client, page, upload):
    answer = client.post(page.replace("change/", "confirm/"), {"digest": upload.digest})
    assert answer.status_code == 302
    upload.refresh_from_db()
    return client.get(page).content.decode()


def lines(*objects):
    return "".join(json.dumps(told) + "\n" for told in objects).encode()


class TestImport:
    def test_it_works(self, curator, actors):
        page, upload = send(curator, table_of(ROW))
        preview = curator.get(page).content.decode()
        assert "<b>1</b> Created" in preview
        assert "Import 1 object" in preview
        assert ROW["text"] in preview
        assert not Statement.objects.exists()
        after = confirm(curator, page, upload)
        assert Statement.objects.get().key == KEY
        assert "confirmed by curator" in after
        assert upload.state == "applied"
        assert not UploadPart.objects.exists()

    def test_what_changes_is_shown_before_and_after(self, curator, actors):
        factories.make_statement(ROW["text"], key=KEY, form="direct", channel="letter")
        preview = shown(curator, table_of(ROW | {"key": KEY, "channel": "phone_call"}))
        assert "<b>1</b> Changed" in preview
        line = UploadLine.objects.get()
        assert ["channel", "letter", "phone_call"] in line.details
        assert ["form", "direct", "indirect"] in line.details

    def test_xlsx_is_read(self, curator, actors):
        book, kept = Workbook(), io.BytesIO()
        book.active.append(list(ROW))
        book.active.append(list(ROW.values()))
        book.save(kept)
        page, upload = send(curator, kept.getvalue(), "Table.XLSX")
        confirm(curator, page, upload)
        assert Statement.objects.get().key == KEY

    @pytest.mark.parametrize("name", ["archive.jsonl", "archive.jsonl.gz"])
    def test_an_archive_file_is_read(self, curator, name):
        content = lines(*ALL)
        page, upload = send(
            curator, gzip.compress(content) if name.endswith("gz") else content, name
        )
        assert upload.n_created == len(ALL)
        confirm(curator, page, upload)
        assert Official.objects.filter(slug="amir").exists()
        assert Statement.objects.get().key == STATEMENT["key"]

    def test_a_large_file_is_kept_in_pieces_and_comes_out_the_same(self, curator, actors):
        rows = [ROW | {"text": f"{number} " + "x" * 90_000} for number in range(30)]
        content = table_of(*rows)
        _page, upload = send(curator, content)
        assert (upload.n_bytes, upload.n_created) == (len(content), 30)
        assert upload.parts.count() == 3

    def test_the_same_file_twice_changes_nothing_and_is_told(self, curator, actors):
        page, upload = send(curator, table_of(ROW))
        confirm(curator, page, upload)
        before = Statement.objects.values().get()
        page, upload = send(curator, table_of(ROW), "renamed.csv")
        again = curator.get(page).content.decode()
        assert "there is nothing to import" in again
        assert "This very content was imported" in again
        confirm(curator, page, upload)
        assert Statement.objects.values().get() == before


class TestRefusals:
    def test_a_refused_line_is_told_and_stops_all(self, curator, actors):
        page, upload = send(curator, table_of(ROW, ROW | {"said_on": "2024-02-30", "text": "B"}))
        preview = curator.get(page).content.decode()
        assert "1 line is refused" in preview
        assert "line 3" in preview
        assert "2024-02-30 is not a day of the calendar" in preview
        assert "<code>said_on</code>" in preview
        assert "Import 1" not in preview
        confirm(curator, page, upload)
        assert not Statement.objects.exists()
        assert upload.state == "shown"

    @pytest.mark.parametrize("name", ["table.exe", "table", "table.xls", "csv", "archive.gz"])
    def test_a_file_of_another_kind_is_refused(self, curator, name):
        answer = curator.post(ADD, {"file": SimpleUploadedFile(name, b"x")})
        assert "This is none of .csv" in answer.content.decode()
        assert not Upload.objects.exists()

    def test_an_empty_file_is_refused(self, curator):
        answer = curator.post(ADD, {"file": SimpleUploadedFile("t.csv", b"")})
        assert "The submitted file is empty" in answer.content.decode()

    def test_no_file_is_refused(self, curator):
        assert "This field is required" in curator.post(ADD).content.decode()

    def test_a_program_under_another_name_is_refused_in_the_preview(self, curator):
        assert "is not CSV: it is a program" in shown(curator, b"MZ\x90\x00\x03\x00")

    def test_a_folder_in_the_name_goes_nowhere(self, curator, actors):
        _, upload = send(curator, table_of(ROW), "../../etc/cron.d/table.csv")
        assert upload.name == "table.csv"
        assert uploads._base_name("C:\\temp\\..\\a\x00\x1b[1m.csv") == "a[1m.csv"

    def test_a_file_that_is_too_large_is_refused_before_it_is_read(self, curator):
        answer = curator.generic("POST", ADD, b"", CONTENT_LENGTH=str(500_000_000))
        assert answer.status_code == 413
        assert "Files may have 200 MB at most" in answer.content.decode()

    def test_a_form_from_elsewhere_is_refused(self, curator):
        curator.handler.enforce_csrf_checks = True
        answer = curator.post(ADD, {"file": SimpleUploadedFile("t.csv", b"x")})
        assert answer.status_code == 403
        assert not Upload.objects.exists()

    def test_a_packed_bomb_is_refused(self, curator, monkeypatch):
        monkeypatch.setattr(work, "N_UNPACKED_BYTES", 1_000_000)
        bomb = gzip.compress(b"\n" * 2_000_000)
        assert "unpacks to more than 1 MB" in shown(curator, bomb, "bomb.jsonl.gz")

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(gzip.compress(lines(TOPIC))[:-9], id="cut short"),
            pytest.param(b"plain", id="not packed"),
        ],
    )
    def test_a_damaged_archive_is_refused(self, curator, content):
        _page, upload = send(curator, content, "archive.jsonl.gz")
        assert upload.n_refused == 1
        assert upload.state == "shown"

    def test_the_faults_of_an_archive_file_are_told_by_its_name(self, curator):
        told = shown(curator, lines(TOPIC, TOPIC), "archive.jsonl")
        assert "stands already in archive.jsonl:1" in told


class TestConfirmation:
    def test_when_the_archive_has_changed_it_is_shown_anew(self, curator, actors):
        page, upload = send(curator, table_of(ROW | {"key": KEY}))
        factories.make_statement("Something else.", key=KEY)
        after = confirm(curator, page, upload)
        assert "The archive has changed since the preview" in after
        assert "<b>1</b> Changed" in after
        assert Statement.objects.get().text == "Something else."
        confirm(curator, page, upload)
        assert Statement.objects.get().text == ROW["text"]

    def test_when_what_would_be_changed_has_changed_it_is_shown_anew(self, curator, actors):
        statement = factories.make_statement(ROW["text"], key=KEY, channel="letter")
        page, upload = send(curator, table_of(ROW | {"key": KEY, "channel": "phone_call"}))
        Statement.objects.filter(pk=statement.pk).update(channel="speech")
        confirm(curator, page, upload)
        statement.refresh_from_db()
        assert statement.channel == "speech"
        assert upload.is_shown_anew

    def test_when_a_name_has_come_to_mean_another_it_is_shown_anew(self, curator, actors):
        page, upload = send(curator, table_of(ROW | {"speaker": "Jalil Abbas Jilani"}))
        factories.make_official(slug="another")
        assert "may be more than one" in confirm(curator, page, upload)
        assert not Statement.objects.exists()

    def test_when_a_named_row_is_gone_it_is_refused(self, curator, actors):
        page, upload = send(curator, table_of(ROW))
        actors.delete()
        assert "there is no article" in confirm(curator, page, upload)
        assert not Statement.objects.exists()

    def test_a_preview_that_was_not_seen_cannot_be_confirmed(self, curator, actors):
        page, upload = send(curator, table_of(ROW))
        upload.digest = "0" * 64
        assert "This is not the preview that you saw" in confirm(curator, page, upload)
        assert not Statement.objects.exists()

    def test_twice_confirmed_is_once_imported(self, curator, actors):
        page, upload = send(curator, table_of(ROW))
        confirm(curator, page, upload)
        confirm(curator, page, upload)
        assert Statement.objects.count() == 1


class TestWork:
    def test_while_it_goes_on_the_page_tells_how_far_it_is(self, curator, actors, monkeypatch):
        monkeypatch.setattr("statements.admin.uploads.begin", lambda upload: None)
        page, _upload = send(curator, table_of(ROW))
        Upload.objects.update(stage="rows", n_done=12_000)
        told = curator.get(page).content.decode()
        assert "Step 1 of 3. Read: 12,000 lines of the table" in told
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in told

    def test_when_it_died_the_page_says_so_and_it_can_begin_again(
        self, curator, actors, monkeypatch
    ):
        monkeypatch.setattr("statements.admin.uploads.begin", lambda upload: None)
        page, _upload = send(curator, table_of(ROW))
        Upload.objects.update(moved_at=timezone.now() - timedelta(minutes=1))
        assert "ended before its time" in curator.get(page).content.decode()
        monkeypatch.setattr("statements.admin.uploads.begin", work.work_on)
        curator.post(page.replace("change/", "again/"))
        assert "Import 1 object" in curator.get(page).content.decode()

    def test_one_that_is_worked_on_is_not_begun_again_nor_put_away(
        self, curator, actors, monkeypatch
    ):
        monkeypatch.setattr("statements.admin.uploads.begin", lambda upload: None)
        page, upload = send(curator, table_of(ROW))
        assert not uploads.read_again(upload=upload)
        curator.post(page.replace("change/", "discard/"))
        assert Upload.objects.filter(pk=upload.pk).exists()

    def test_an_error_is_told_and_nothing_saved(self, curator, actors, monkeypatch):
        upload = uploads.keep(content=[table_of(ROW)], name="t.csv", by=curator.user)
        monkeypatch.setattr(work, "load_table", lambda *args, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work.work_on(upload)
        told = curator.get(f"/admin/statements/upload/{upload.pk}/change/").content.decode()
        assert "ZeroDivisionError" in told
        assert "Begin again" in told


class TestPage:
    def test_lines_are_paged_both_ways(self, curator, actors):
        rows = [ROW | {"text": f"Words {number}."} for number in range(250)]
        page, _ = send(curator, table_of(*rows))
        first = curator.get(page).content.decode()
        assert first.count('<li class="import-line ') == 100
        assert "after=99" in first
        assert "before=" not in first
        last = curator.get(page + "?fate=created&after=199").content.decode()
        assert last.count('<li class="import-line ') == 50
        assert "after=" not in last
        middle = curator.get(page + "?fate=created&before=200").content.decode()
        assert "Words 199." in middle
        assert "Words 99." not in middle

    @pytest.mark.parametrize(
        "query", ["?fate=%00", "?after=x", "?after=99999999999999999999", "?after=-1", "?before=٣"]
    )
    def test_a_bad_parameter_is_passed_over(self, curator, actors, query):
        page, _ = send(curator, table_of(ROW))
        if "%00" in query:
            assert curator.get(page + query).status_code == 400
        else:
            assert curator.get(page + query).status_code == 200

    def test_what_is_told_is_no_markup(self, curator, actors):
        told = shown(curator, table_of(ROW | {"text": "<script>x</script>"}), "<b>.csv")
        assert "<script>x" not in told
        assert "<b>.csv" not in told

    def test_it_costs_the_same_however_long_the_file(
        self, curator, actors, django_assert_max_num_queries
    ):
        page, _ = send(curator, table_of(*[ROW | {"text": f"{n}"} for n in range(150)]))
        with django_assert_max_num_queries(10):
            curator.get(page)

    def test_the_list_costs_the_same_however_long(
        self, curator, actors, django_assert_max_num_queries
    ):
        for number in range(5):
            send(curator, table_of(ROW | {"text": f"{number}"}))
        with django_assert_max_num_queries(10):
            assert b"table.csv" in curator.get("/admin/statements/upload/").content

    def test_the_first_page_of_the_desk_leads_there(self, curator):
        assert ADD in curator.get("/admin/").content.decode()

    def test_one_that_is_not_there_is_not_found(self, curator):
        assert curator.get("/admin/statements/upload/999/change/").status_code == 404


class TestPuttingAway:
    def test_what_is_not_imported_can_be_put_away(self, curator, actors):
        page, _ = send(curator, table_of(ROW))
        curator.post(page.replace("change/", "discard/"))
        assert not Upload.objects.exists()
        assert not UploadLine.objects.exists()
        assert not UploadPart.objects.exists()

    def test_what_is_imported_stays_as_a_record(self, curator, actors):
        page, upload = send(curator, table_of(ROW))
        confirm(curator, page, upload)
        curator.post(page.replace("change/", "discard/"))
        assert Upload.objects.filter(pk=upload.pk).exists()

    def test_what_waited_too_long_goes_with_the_next_upload(self, curator, actors):
        _, old = send(curator, table_of(ROW))
        Upload.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
        send(curator, table_of(ROW))
        assert not Upload.objects.filter(pk=old.pk).exists()


class TestPermissions:
    def test_without_any_it_is_forbidden(self, staff, actors):
        client = staff("view_statement")
        assert client.get(ADD).status_code == 403
        assert client.post(ADD, {"file": SimpleUploadedFile("t.csv", b"x")}).status_code == 403

    def test_who_may_only_look_decides_nothing(self, curator, staff, actors):
        page, _upload = send(curator, table_of(ROW))
        client = staff("view_upload")
        assert "Import 1 object" not in client.get(page).content.decode()
        for step in ("confirm/", "again/", "discard/"):
            assert client.post(page.replace("change/", step)).status_code == 403

    def test_what_one_may_not_add_is_refused_by_line(self, staff, actors):
        client = staff("add_upload", "view_upload", "add_statement")
        assert "Import 1 object" in shown(client, table_of(ROW))
        told = shown(client, lines(TOPIC), "archive.jsonl")
        assert "you may not add this: topic" in told

    def test_what_one_may_not_change_is_refused_by_line(self, staff, actors):
        factories.make_statement(ROW["text"], key=KEY, status="draft")
        client = staff("add_upload", "view_upload", "add_statement")
        told = shown(client, table_of(ROW | {"key": KEY, "note": "New"}))
        assert "you may not change this: statement" in told

    @pytest.mark.parametrize("status", ["published", "withdrawn"])
    def test_who_may_not_publish_brings_nothing_public(self, staff, actors, status):
        client = staff("add_upload", "view_upload", "add_statement", "change_statement")
        cells = {"status": status, "withdrawal_reason": "No." if status == "withdrawn" else ""}
        act = "publish" if status == "published" else "withdraw"
        assert f"you may not {act}" in shown(client, table_of(ROW | cells))

    def test_who_may_not_review_changes_nobodys_draft(self, staff, actors):
        factories.make_statement(ROW["text"], key=KEY, status="draft")
        client = staff("add_upload", "view_upload", "add_statement", "change_statement")
        told = shown(client, table_of(ROW | {"key": KEY, "note": "New"}))
        assert "you may not change what others have entered" in told

    def test_where_reviews_are_required_nothing_is_published_unreviewed(
        self, curator, actors, settings
    ):
        settings.REQUIRE_REVIEW = True
        told = shown(curator, table_of(ROW | {"status": "published"}))
        assert "has to be reviewed by somebody else first" in told

    def test_what_is_imported_is_the_work_of_who_confirmed_it(self, curator, actors):
        page, upload = send(curator, table_of(ROW))
        confirm(curator, page, upload)
        assert Statement.objects.get().entered_by == curator.user

    def test_what_it_publishes_or_hands_over_is_kept_as_a_step(self, curator, actors):
        told = {"draft": "", "in_review": "", "published": "", "withdrawn": "It was not so."}
        rows = [
            ROW | {"key": status, "text": status, "status": status, "withdrawal_reason": reason}
            for status, reason in told.items()
        ]
        page, upload = send(curator, table_of(*rows))
        confirm(curator, page, upload)
        steps = Review.objects.order_by("pk").values_list(
            "statement__key", "step", "by", "note", "is_own"
        )
        assert list(steps) == [
            ("in_review", "submitted", curator.user.pk, "", False),
            ("published", "published", curator.user.pk, "", True),
            ("withdrawn", "withdrawn", curator.user.pk, "It was not so.", False),
        ]

    def test_a_change_of_status_is_a_step_and_no_other_change_is(self, curator, actors):
        for key, status in (("a", "draft"), ("b", "published")):
            factories.make_statement(key, key=key, status=status)
        rows = [ROW | {"key": key, "text": key, "status": "published"} for key in ("a", "b")]
        page, upload = send(curator, table_of(*rows))
        confirm(curator, page, upload)
        [step] = Review.objects.all()
        assert (step.statement.key, step.step, step.is_own) == ("a", "published", False)

    @pytest.mark.parametrize("role", ["Editor", "Publisher"])
    def test_editors_and_publishers_may_import(self, client, django_user_model, actors, role):
        user = django_user_model.objects.create_user("editor", is_staff=True)
        user.groups.set(Group.objects.filter(name=role))
        client.force_login(user)
        page, upload = send(client, table_of(ROW))
        confirm(client, page, upload)
        assert upload.state == "applied"

    def test_who_may_not_publish_changes_nothing_public(self, staff, actors):
        factories.make_statement(ROW["text"], key=KEY)
        client = staff("add_upload", "view_upload", "add_statement", "change_statement")
        assert "you may not publish" in shown(client, table_of(ROW | {"key": KEY, "note": "N"}))

    def test_it_is_who_confirms_that_must_be_permitted(self, curator, staff, actors):
        page, upload = send(curator, table_of(ROW | {"status": "published"}))
        client = staff("add_upload", "view_upload", "add_statement")
        assert "you may not publish" in confirm(client, page, upload)
        assert not Statement.objects.exists()


class TestTemplate:
    def test_it_is_offered_as_csv(self, curator):
        answer = curator.get("/admin/statements/upload/template.csv")
        assert answer["Content-Disposition"] == 'attachment; filename="statements.csv"'
        assert answer.content.decode("utf-8-sig").startswith("key,text,form,")

    def test_it_is_offered_as_xlsx(self, curator):
        answer = curator.get("/admin/statements/upload/template.xlsx")
        table = load_workbook(io.BytesIO(answer.content))["statements"]
        assert table.max_column == len(COLUMNS)

    def test_filled_in_it_is_imported(self, curator, actors):
        template = curator.get("/admin/statements/upload/template.xlsx").content
        book, kept = load_workbook(io.BytesIO(template)), io.BytesIO()
        book["statements"].append([ROW.get(column.name) for column in COLUMNS])
        book.save(kept)
        page, upload = send(curator, kept.getvalue(), "statements.xlsx")
        confirm(curator, page, upload)
        assert Statement.objects.get().key == KEY
