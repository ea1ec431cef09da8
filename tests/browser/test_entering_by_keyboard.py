"""Three statements of one article entered with keys alone, and what the form tells meanwhile."""

import pytest
from playwright.sync_api import expect

from statements.models import Article, Citation, Statement
from tests.factories import make_article, make_official, make_organization, make_outlet, make_tenure

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
BODY = (
    'He spoke of "all issues based on trust". He underscored "the need for closer cooperation". '
    'They discussed "ongoing developments".'
)
ADD = "/admin/statements/statement/add/"


class Keys:
    """A keyboard that counts what is pressed besides the words themselves."""

    def __init__(self, page):
        self.page, self.n_keys, self.n_letters = page, 0, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.n_keys += 1

    def type(self, words):
        self.page.keyboard.type(words)
        self.n_letters += len(words)

    def to(self, field):
        """Goes on with Tab until a field has the focus."""
        wanted = self.page.locator(f"#id_{field}")
        for _ in range(60):
            if wanted.evaluate(
                "one => one === document.activeElement || Boolean(one.nextElementSibling"
                " && one.nextElementSibling.contains(document.activeElement))"
            ):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {field}")

    def name(self, field, typed, shown):
        self.to(field)
        self.type(typed)
        option = self.page.locator(".select2-results__option--highlighted", has_text=shown)
        expect(option).to_be_visible()
        self.press("Enter")
        expect(self.page.locator(f"#id_{field} + .select2-container")).to_contain_text(shown)

    def words(self, field, typed):
        self.to(field)
        self.type(typed)


@pytest.fixture
def desk(live_server, log_in, django_user_model):
    make_tenure(make_official("Jalil Abbas Jilani", sort_name="Jilani"))
    make_official("Hossein Amir-Abdollahian", country="ir", sort_name="Amir-Abdollahian")
    make_organization("Foreign Office", aliases=["MoFA"])
    make_article("Pak Expresses Desire", outlet=make_outlet("NDTV"), body=BODY)
    log_in(django_user_model.objects.create_superuser("curator", password="a-long-secret-1"))
    return live_server.url


def begin(page, desk):
    page.goto(f"{desk}{ADD}")
    expect(page.locator("#id_text")).to_be_focused()
    return Keys(page)


def enter_first(keys):
    keys.type("Readiness to work on all issues.")
    keys.words("form", "Parap")
    keys.press("Alt+ArrowDown")
    keys.name("parties-0-official", "jil", "Jalil Abbas Jilani")
    keys.press("Alt+ArrowDown")
    keys.name("parties-1-official", "abdo", "Hossein Amir-Abdollahian")
    keys.press("Alt+ArrowDown")
    keys.name("parties-2-organization", "mofa", "Foreign Office")
    keys.words("parties-2-form", "Part")
    keys.words("parties-2-channel", "Press s")
    keys.press("Alt+ArrowDown")
    keys.name("citations-0-article", "expr", "Pak Expresses Desire")
    keys.words("citations-0-quote", "all issues based on trust")
    keys.press("Alt+ArrowDown")
    keys.words("said_on", "2024-01-19")
    keys.press("Alt+ArrowDown")
    keys.words("channel", "Tel")


def enter_next(keys, text, quote):
    expect(keys.page.locator("#id_text")).to_be_focused()
    keys.type(text)
    keys.words("form", "Parap")
    keys.press("Alt+ArrowDown")
    keys.name("parties-0-official", "jil", "Jalil Abbas Jilani")
    keys.press("Alt+ArrowDown")
    keys.name("parties-1-official", "abdo", "Hossein Amir-Abdollahian")
    keys.press("Alt+ArrowDown", "Alt+ArrowDown")
    keys.words("citations-0-quote", quote)


def test_three_statements_of_one_article(desk, page):
    keys = begin(page, desk)
    enter_first(keys)
    keys.press("Control+Enter")
    page.wait_for_url("**after=*")
    n_first = keys.n_keys
    enter_next(keys, "Closer cooperation is needed.", "the need for closer cooperation")
    keys.press("Control+Enter")
    expect(page.get_by_text("Verified: “the need for")).to_be_visible()
    n_second = keys.n_keys - n_first
    enter_next(keys, "They discussed developments.", "ongoing developments")
    keys.press("Control+KeyS")
    expect(page.get_by_text("Verified: “ongoing")).to_be_visible()

    assert Statement.objects.count() == 3
    for statement in Statement.objects.all():
        roles = [(party.role, party.name) for party in statement.parties.all()]
        assert roles == [
            ("speaker", "Jalil Abbas Jilani"),
            ("addressee", "Hossein Amir-Abdollahian"),
            ("relayer", "Foreign Office"),
        ]
        assert (str(statement.said_on), statement.channel) == ("2024-01-19", "phone_call")
        assert statement.citations.get().check_result == "verified"
    print(f"keys besides words: {n_first} first, {n_second} second; {keys.n_letters} letters")
    assert n_first <= 30
    assert n_second <= 10
    assert page.problems == []


@pytest.mark.slow
def test_the_sentence_follows_what_is_typed(desk, page):
    keys = begin(page, desk)
    enter_first(keys)
    sentence = page.locator(".explained-sentences")
    expect(sentence).to_have_text(
        "NDTV, partly quoting a press statement of Pakistan's Foreign Office, "
        "which paraphrases Jalil Abbas Jilani."
    )
    page.locator("#id_form").select_option("direct")
    expect(sentence).to_contain_text("which quotes Jalil Abbas Jilani.")
    page.locator("#id_form").select_option("")
    expect(sentence).to_have_text("")
    expect(page.locator(".explained-lacks")).to_be_visible()
    assert page.problems == []


@pytest.mark.slow
def test_a_title_is_offered_and_taken_with_a_key(desk, page):
    make_tenure(make_official("Two Posts"), started_on="2020", ended_on="2022")
    keys = begin(page, desk)
    keys.name("parties-0-official", "two", "Two Posts")
    page.locator("#id_said_on").fill("2024-01-19")
    offer = page.locator("#parties-0 .title-offer")
    expect(offer).to_have_text("Foreign Minister, Pakistan (2020–2022)")
    offer.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_parties-0-post + .select2-container")).to_contain_text(
        "Foreign Minister"
    )
    expect(offer).to_have_attribute("aria-pressed", "true")


@pytest.mark.slow
def test_alt_leads_from_part_to_part(desk, page):
    begin(page, desk)
    inside = "group => document.querySelector(group).contains(document.activeElement)"
    for row in ("#parties-0", "#parties-1", "#parties-2", "#citations-0"):
        page.keyboard.press("Alt+ArrowDown")
        assert page.evaluate(inside, row)
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate(inside, "#parties-2")
    page.keyboard.press("Alt+KeyC")
    expect(page.locator("#citations-1")).to_be_visible()
    assert page.problems == []


@pytest.mark.slow
def test_a_preview_opens_beside_the_form_and_keeps_nothing(desk, page, chromium):
    keys = begin(page, desk)
    enter_first(keys)
    with chromium.expect_page() as opened:
        page.keyboard.press("Alt+KeyV")
    beside = opened.value
    expect(beside.locator(".preview-note")).to_be_visible()
    expect(beside.get_by_text("Readiness to work on all issues.").first).to_be_visible()
    beside.close()
    assert page.locator("#id_text").input_value() == "Readiness to work on all issues."
    assert not Statement.objects.exists()
    assert page.problems == []


def test_a_log_in_lost_meanwhile_loses_nothing(desk, page, chromium):
    keys = begin(page, desk)
    enter_first(keys)
    cookies = chromium.cookies()
    session = [cookie for cookie in cookies if "session" in cookie["name"]]
    assert session
    chromium.clear_cookies(name=session[0]["name"])
    page.keyboard.press("Control+KeyS")
    page.get_by_label("Username").fill("curator")
    page.get_by_label("Password").fill("a-long-secret-1")
    page.get_by_role("button", name="Log in").click()
    back = page.get_by_role("button", name="Put it back")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_parties-2-organization + .select2-container")).to_contain_text(
        "Foreign Office"
    )
    expect(page.locator("#id_text")).to_have_value("Readiness to work on all issues.")
    page.keyboard.press("Control+KeyS")
    expect(page.get_by_text("Verified: “all issues")).to_be_visible()
    assert Statement.objects.get().parties.count() == 3
    page.goto(f"{desk}{ADD}")
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()


def test_moved_citations_are_anchored_with_one_key_each(desk, page):
    keys = begin(page, desk)
    enter_first(keys)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**after=*")
    enter_next(keys, "Closer cooperation is needed.", "the need for closer cooperation")
    page.keyboard.press("Control+KeyS")
    expect(page.get_by_text("Verified: “the need")).to_be_visible()
    Article.objects.update(body=f"It began so. {BODY}")
    page.goto(f"{desk}/admin/statements/statement/citations/")
    expect(page.locator(".displaced-one")).to_have_count(2)
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyK")
    page.keyboard.press("KeyR")
    expect(page.locator(".displaced-one")).to_have_count(1)
    expect(page.get_by_role("button", name="Anchor anew here")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".displaced-one")).to_have_count(0)
    assert not Citation.objects.exclude(check_result="verified").exists()
    assert page.problems == []


def test_the_list_of_citations_is_no_wider_than_its_window(desk, page, widths):
    Citation.objects.create(
        statement=Statement.objects.create(key="k" * 200, text="-", form="direct"),
        article=Article.objects.get(),
        quote="ongoing",
        start=0,
        check_result="moved",
    )
    page.goto(f"{desk}/admin/statements/statement/citations/")
    shown = page.locator("#content-main *:visible")
    for width in widths(320, 1280):
        edges = shown.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
        assert max(edges) <= width
    assert page.problems == []
