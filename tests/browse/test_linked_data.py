import json
from datetime import UTC, datetime

import pytest

from statements.browse.linked_data import dataset_node
from statements.interchange.dumps import Dump, DumpFile
from tests.factories import (
    make_article,
    make_citation,
    make_country,
    make_event,
    make_official,
    make_organization,
    make_outlet,
    make_party,
    make_post,
    make_statement,
    make_tenure,
    make_topic,
)
from tests.linked_data import described, nodes, of_type, value, values

pytestmark = pytest.mark.django_db

HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 ]]>"


@pytest.fixture
def page(client):
    def get(path):
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.fixture
def calm():
    jilani = make_official("Jalil Abbas Jilani", slug="jilani")
    make_tenure(jilani, make_post("Foreign Minister"), "2023-08-17", "2024-03-04")
    statement = make_statement(
        "“We want calm.”",
        key="calm",
        speaker=jilani,
        addressee=make_official("Hossein Amir-Abdollahian", slug="hossein", country="ir"),
        topics=[make_topic("Security", slug="security")],
        about_events=[make_event("The strikes", slug="strikes")],
        cited=False,
    )
    article = make_article(
        "Ministers speak",
        slug="speak",
        outlet=make_outlet("NDTV", slug="ndtv"),
        url="https://ndtv.example/1",
        published_on="2024-01-19",
        body="He said: We want calm. And left.",
    )
    make_citation(statement, article, quote="We want calm.")
    return statement


class TestStatement:
    def test_it_works(self, page, calm):
        found = nodes(page("/statements/calm/"))
        here = "http://testserver/statements/calm/"
        words = found[f"{here}#words"]
        assert words["@type"] == ["https://schema.org/Quotation"]
        assert value(words, "text") == "We want calm."
        assert value(words, "inLanguage") == "en"
        assert value(words, "dateCreated") == "2024-01-19"
        assert values(words, "creator") == ["http://testserver/officials/jilani/#person"]
        assert value(words, "creditText") == "NDTV quotes Jalil Abbas Jilani."
        assert values(words, "isBasedOn") == ["http://testserver/articles/speak/#article"]
        assert set(values(words, "about")) == {
            "http://testserver/topics/security/#topic",
            "http://testserver/events/strikes/#event",
        }
        assert value(found[here], "mainEntity") == f"{here}#words"

    def test_who_spoke_to_whom_is_an_act(self, page, calm):
        [act] = of_type(page("/statements/calm/"), "CommunicateAction")
        assert values(act, "agent") == ["http://testserver/officials/jilani/#person"]
        assert values(act, "recipient") == ["http://testserver/officials/hossein/#person"]
        assert value(act, "object") == "http://testserver/statements/calm/#words"
        assert value(act, "startTime") == "2024-01-19"

    def test_people_have_the_capacity_of_the_day(self, page, calm):
        found = nodes(page("/statements/calm/"))
        speaker = found["http://testserver/officials/jilani/#person"]
        assert value(speaker, "name") == "Jalil Abbas Jilani"
        assert value(speaker, "jobTitle") == "Foreign Minister, Pakistan"

    def test_its_reports_are_articles(self, page, calm):
        [article] = of_type(page("/statements/calm/"), "NewsArticle")
        assert value(article, "headline") == "Ministers speak"
        assert value(article, "url") == "https://ndtv.example/1"
        assert value(article, "datePublished") == "2024-01-19"
        assert values(article, "publisher") == ["http://testserver/outlets/ndtv/#outlet"]

    def test_a_retold_report_names_what_it_retells(self, page):
        report = make_article("Report", slug="report", outlet=make_outlet("NDTV"))
        statement = make_statement(key="told", form="indirect", cited=False)
        retold = make_article("Retold", slug="retold", kind="reconstruction", based_on=report)
        make_citation(statement, retold)
        found = nodes(page("/statements/told/"))
        retold = found["http://testserver/articles/retold/#article"]
        assert retold["@type"] == ["https://schema.org/Article"]
        assert values(retold, "isBasedOn") == ["http://testserver/articles/report/#article"]

    def test_the_way_to_it_is_described(self, page, calm):
        [way] = of_type(page("/statements/calm/"), "BreadcrumbList")
        assert len(values(way, "itemListElement")) == 3
        steps = of_type(page("/statements/calm/"), "ListItem")
        assert {value(step, "item") for step in steps} == {
            "http://testserver/",
            "http://testserver/statements/",
            "http://testserver/statements/calm/",
        }

    def test_a_paraphrase_is_no_quotation_and_has_no_creator(self, page):
        make_statement("They want calm.", key="told", form="indirect")
        words = nodes(page("/statements/told/"))["http://testserver/statements/told/#words"]
        assert words["@type"] == ["https://schema.org/CreativeWork"]
        assert value(words, "genre") == "Paraphrase"
        assert values(words, "creator") == []

    def test_in_a_mixed_report_the_own_words_alone_are_quotations(self, page):
        make_statement("He greets his “dear brother” in Tehran.", key="told", form="mixed")
        words = nodes(page("/statements/told/"))["http://testserver/statements/told/#words"]
        assert words["@type"] == ["https://schema.org/CreativeWork"]
        [quoted] = of_type(page("/statements/told/"), "Quotation")
        assert value(quoted, "text") == "dear brother"
        assert len(values(quoted, "creator")) == 1

    def test_words_of_a_relayer_are_the_relayers(self, page):
        office = make_organization("Foreign Office", slug="fo", kind="ministry")
        statement = make_statement("He saw a need.", key="told", form="indirect", cited=False)
        make_party(statement, "relayer", office, form="direct", channel="press_statement")
        quote = "He underscored the need"
        make_citation(statement, make_article(body=f"“{quote}”, it said."), quote=quote)
        [quoted] = of_type(page("/statements/told/"), "Quotation")
        assert value(quoted, "text") == quote
        assert values(quoted, "creator") == ["http://testserver/organizations/fo/#organization"]

    def test_words_of_a_paraphrasing_report_have_no_creator(self, page):
        statement = make_statement("He saw a need.", key="told", form="indirect", cited=False)
        make_citation(statement, make_article(body="He saw the need."), quote="He saw the need")
        [quoted] = of_type(page("/statements/told/"), "Quotation")
        assert values(quoted, "creator") == []

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"said_on_qualifier": "not_after"}, "not after 19 January 2024"),
            ({"said_on_basis": "inferred"}, "19 January 2024 (inferred)"),
        ],
    )
    def test_a_day_that_is_not_exact_is_no_date(self, page, fields, told):
        make_statement(key="told", **fields)
        words = nodes(page("/statements/told/"))["http://testserver/statements/told/#words"]
        assert values(words, "dateCreated") == []
        assert value(words, "temporal") == told

    def test_a_month_is_a_month(self, page):
        make_statement(key="told", said_on="2024-01")
        words = nodes(page("/statements/told/"))["http://testserver/statements/told/#words"]
        assert value(words, "dateCreated") == "2024-01"

    def test_an_original_is_what_is_translated(self, page):
        make_statement(
            "Only enemies benefit.",
            key="told",
            original_text="فقط دشمنان سود می‌برند.",
            original_language="fa",
            translator="A. Translator",
        )
        found = nodes(page("/statements/told/"))
        words = found["http://testserver/statements/told/#words"]
        original = found[value(words, "translationOfWork")]
        assert value(original, "text") == "فقط دشمنان سود می‌برند."
        assert value(original, "inLanguage") == "fa"
        assert value(found[value(words, "translator")], "name") == "A. Translator"

    def test_a_disputed_attribution_says_so(self, page):
        make_statement(key="told", standing="disputed", standing_note="He denies it.")
        words = nodes(page("/statements/told/"))["http://testserver/statements/told/#words"]
        assert value(words, "creativeWorkStatus") == "Disputed"
        assert value(words, "correction") == "He denies it."

    def test_nobody_is_named_as_having_said_what_was_misattributed(self, page):
        statement = make_statement(
            key="told", standing="misattributed", standing_note="Forged.", cited=False
        )
        make_citation(statement, quote="We are ready")
        html = page("/statements/told/")
        assert of_type(html, "CommunicateAction") == []
        assert all(values(quoted, "creator") == [] for quoted in of_type(html, "Quotation"))

    def test_the_public_is_an_audience_and_the_unnamed_a_person(self, page):
        statement = make_statement(key="told", speaker="a senior official")
        make_party(statement, "addressee", kind="public")
        html = page("/statements/told/")
        [act] = of_type(html, "CommunicateAction")
        found = nodes(html)
        assert value(found[value(act, "agent")], "name") == "a senior official"
        assert found[value(act, "recipient")]["@type"] == ["https://schema.org/Audience"]

    def test_a_state_can_be_an_agent(self, page):
        make_statement(key="told", speaker=make_country("pk"))
        html = page("/statements/told/")
        [act] = of_type(html, "CommunicateAction")
        assert "https://schema.org/Organization" in nodes(html)[value(act, "agent")]["@type"]

    def test_very_long_words_stay_on_the_page(self, page):
        make_statement("word " * 2000, key="told")
        words = nodes(page("/statements/told/"))["http://testserver/statements/told/#words"]
        assert values(words, "text") == []
        assert value(words, "abstract").endswith("…")

    def test_a_withdrawn_one_is_not_described(self, client):
        make_statement(key="gone", status="withdrawn")
        assert described(client.get("/statements/gone/").content.decode()) == []

    def test_text_cannot_end_the_script(self, page):
        speaker = make_official(HOSTILE)
        statement = make_statement(HOSTILE, key="told", speaker=speaker, cited=False)
        make_citation(statement, make_article(HOSTILE), quote=HOSTILE)
        html = page("/statements/told/")
        assert "<script>alert" not in html
        assert "<!-- &" not in html
        words = nodes(html)["http://testserver/statements/told/#words"]
        assert value(words, "text") == HOSTILE


class TestNouns:
    def test_an_official_is_a_person_with_posts(self, page):
        jilani = make_official(
            "Jalil Abbas Jilani",
            slug="jilani",
            aliases=["Jilani", "جیلانی"],
            identifiers={"wikidata": "Q6126402", "other": "x"},
        )
        make_tenure(jilani, make_post("Foreign Minister", slug="fm"), "2023-08-17", "2024-03")
        html = page("/officials/jilani/")
        found = nodes(html)
        person = found["http://testserver/officials/jilani/#person"]
        assert value(person, "name") == "Jalil Abbas Jilani"
        assert set(values(person, "alternateName")) == {"Jilani", "جیلانی"}
        assert values(person, "sameAs") == ["https://www.wikidata.org/wiki/Q6126402"]
        role = found[value(person, "hasOccupation")]
        assert (value(role, "startDate"), value(role, "endDate")) == ("2023-08-17", "2024-03")
        assert value(role, "hasOccupation") == "http://testserver/posts/fm/#post"
        assert len(of_type(html, "BreadcrumbList")) == 1

    def test_a_country(self, page):
        [state] = of_type(page("/countries/pk/"), "Country")
        assert value(state, "name") == "Pakistan"
        assert set(values(state, "identifier")) == {"pk", "PAK"}

    def test_an_organization(self, page):
        make_organization(
            "Foreign Office", slug="fo", kind="ministry", website="https://fo.example/"
        )
        [office] = of_type(page("/organizations/fo/"), "GovernmentOrganization")
        assert values(office, "sameAs") == ["https://fo.example/"]
        assert values(office, "areaServed") == ["http://testserver/countries/pk/#country"]

    def test_an_article(self, page):
        make_article(
            "Ministers speak",
            slug="speak",
            byline="A. Writer",
            agency="PTI",
            language="en",
            body="Nobody may read all of this.",
        )
        html = page("/articles/speak/")
        found = nodes(html)
        article = found["http://testserver/articles/speak/#article"]
        assert article["@type"] == ["https://schema.org/NewsArticle"]
        assert value(found[value(article, "author")], "name") == "A. Writer"
        assert "Nobody may read" not in html

    def test_an_archived_document_names_its_archive(self, page):
        make_article(
            slug="airgram", kind="archival_document", repository="NARA", document_number="12"
        )
        found = nodes(page("/articles/airgram/"))
        document = found["http://testserver/articles/airgram/#article"]
        assert document["@type"] == ["https://schema.org/ArchiveComponent"]
        assert value(document, "identifier") == "12"
        assert value(found[value(document, "holdingArchive")], "name") == "NARA"

    def test_an_event(self, page):
        make_event("A call", slug="call", started_on="2024-01-19", place="Tehran")
        [event] = of_type(page("/events/call/"), "Event")
        assert value(event, "startDate") == "2024-01-19"

    @pytest.mark.parametrize(
        ("make", "path", "kind"),
        [(make_outlet, "outlets", "Organization"), (make_topic, "topics", "DefinedTerm")],
    )
    def test_others_are_named(self, page, make, path, kind):
        make("Security", slug="security")
        [found] = of_type(page(f"/{path}/security/"), kind)
        assert value(found, "name") == "Security"


class TestSite:
    def test_the_front_page_can_be_searched(self, page):
        html = page("/")
        [site] = of_type(html, "WebSite")
        assert value(site, "url") == "http://testserver/"
        [told] = described(html)
        target = told["@graph"][0]["potentialAction"]["target"]
        assert target["urlTemplate"] == "http://testserver/search/?q={search_term_string}"

    def test_the_archive_is_a_dataset(self, page):
        html = page("/about/data/")
        [archive] = of_type(html, "Dataset")
        assert 50 <= len(value(archive, "description")) <= 5000  # as Dataset Search asks
        assert values(archive, "license") == []  # none was named
        found = nodes(html)
        files = [found[name] for name in values(archive, "distribution")]
        assert "http://testserver/statements.json" in {value(f, "contentUrl") for f in files}

    @pytest.mark.parametrize(
        ("licence", "told"),
        [
            ("https://creativecommons.org/licenses/by/4.0/",) * 2,
            ("CC BY 4.0", {"@type": "CreativeWork", "name": "CC BY 4.0"}),
        ],
    )
    def test_a_licence_is_told_by_its_address_or_its_name(self, licence, told):
        assert dataset_node(str, licence=licence)["license"] == told

    def test_the_newest_dump_is_a_distribution(self):
        made_at = datetime(2024, 1, 19, tzinfo=UTC)
        files = (DumpFile("demarche-1.jsonl.gz", 12, "ab" * 32),)
        dump = Dump(made_at, 3, "", files)
        *_formats, told = dataset_node(str, dumps=[dump, dump])["distribution"]
        assert told["contentUrl"] == "/about/data/dumps/demarche-1.jsonl.gz"
        assert (told["contentSize"], told["sha256"]) == ("12 B", "ab" * 32)
        assert told["dateModified"] == "2024-01-19T00:00:00+00:00"

    def test_every_file_of_the_dataset_is_there(self, client, page):
        html = page("/about/data/")
        for file in of_type(html, "DataDownload"):
            path = value(file, "contentUrl").removeprefix("http://testserver")
            response = client.head(path)
            assert response.status_code == 200, path
            told = response["Content-Type"].split(";")[0]
            assert told == value(file, "encodingFormat"), path


def test_it_is_json_as_it_stands(page, calm):
    for told in described(page("/statements/calm/")):
        assert json.loads(json.dumps(told)) == told
        assert told["@context"] == "https://schema.org"
