"""The countries that the first migration brings: whole, unambiguous and rightly named."""

import importlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import IntegrityError

from statements.dates import PartialDate
from statements.models import Alias, Country, Organization
from statements.models.actors import COUNTRY_CODE

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "statements" / "migrations" / "countries.jsonl"
SHARED = ROOT.parent / "shared" / "data" / "countries" / "mledoze_countries.json"
FIELDS = [
    *("type", "code", "name", "alpha3", "official_name", "demonym", "aliases"),
    *("existed_from", "existed_until", "latitude", "longitude"),
]
FORMER_CODES = """
aidj anhh bqaq bumm byaa cshh csxx ctki ddde dybj fqhh fxfr gehh hvbf jtum mium nhvu nqaq nthh pchh
puum pzpa rhzw skin suhh tptl vdvn wkum ydye yucs zrcd
"""
FORMER = FORMER_CODES.split()
# Nobody lives there, or those who do have no adjective of their own.
WITHOUT_DEMONYM = {"bq", "bv", "gs", "hm", "tf", "um"}
# Adjectives that two states truly share.
SHARED_DEMONYMS = {"congolese": {"cd", "cg"}, "dominican": {"dm", "do"}}
# The members of the United Nations, each with its capital or one of its capitals.
CAPITALS = """
ad Andorra la Vella; ae Abu Dhabi; af Kabul; ag Saint John's; al Tirana; am Yerevan;
ao Luanda; ar Buenos Aires; at Vienna; au Canberra; az Baku; ba Sarajevo; bb Bridgetown;
bd Dhaka; be Brussels; bf Ouagadougou; bg Sofia; bh Manama; bi Gitega; bj Porto-Novo;
bn Bandar Seri Begawan; bo Sucre; br Brasília; bs Nassau; bt Thimphu; bw Gaborone; by Minsk;
bz Belmopan; ca Ottawa; cd Kinshasa; cf Bangui; cg Brazzaville; ch Bern; ci Yamoussoukro;
cl Santiago; cm Yaoundé; cn Beijing; co Bogotá; cr San José; cu Havana; cv Praia; cy Nicosia;
cz Prague; de Berlin; dj Djibouti; dk Copenhagen; dm Roseau; do Santo Domingo; dz Algiers;
ec Quito; ee Tallinn; eg Cairo; er Asmara; es Madrid; et Addis Ababa; fi Helsinki; fj Suva;
fm Palikir; fr Paris; ga Libreville; gb London; gd St. George's; ge Tbilisi; gh Accra;
gm Banjul; gn Conakry; gq Malabo; gr Athens; gt Guatemala City; gw Bissau; gy Georgetown;
hn Tegucigalpa; hr Zagreb; ht Port-au-Prince; hu Budapest; id Jakarta; ie Dublin;
il Jerusalem; in New Delhi; iq Baghdad; ir Tehran; is Reykjavik; it Rome; jm Kingston;
jo Amman; jp Tokyo; ke Nairobi; kg Bishkek; kh Phnom Penh; ki South Tarawa; km Moroni;
kn Basseterre; kp Pyongyang; kr Seoul; kw Kuwait City; kz Astana; la Vientiane; lb Beirut;
lc Castries; li Vaduz; lk Colombo; lr Monrovia; ls Maseru; lt Vilnius; lu Luxembourg; lv Riga;
ly Tripoli; ma Rabat; mc Monaco; md Chișinău; me Podgorica; mg Antananarivo; mh Majuro;
mk Skopje; ml Bamako; mm Naypyidaw; mn Ulan Bator; mr Nouakchott; mt Valletta; mu Port Louis;
mv Malé; mw Lilongwe; mx Mexico City; my Kuala Lumpur; mz Maputo; na Windhoek; ne Niamey;
ng Abuja; ni Managua; nl Amsterdam; no Oslo; np Kathmandu; nr Yaren; nz Wellington; om Muscat;
pa Panama City; pe Lima; pg Port Moresby; ph Manila; pk Islamabad; pl Warsaw; pt Lisbon;
pw Ngerulmud; py Asunción; qa Doha; ro Bucharest; rs Belgrade; ru Moscow; rw Kigali;
sa Riyadh; sb Honiara; sc Victoria; sd Khartoum; se Stockholm; sg Singapore; si Ljubljana;
sk Bratislava; sl Freetown; sm City of San Marino; sn Dakar; so Mogadishu; sr Paramaribo;
ss Juba; st São Tomé; sv San Salvador; sy Damascus; sz Mbabane; td N'Djamena; tg Lomé;
th Bangkok; tj Dushanbe; tl Dili; tm Ashgabat; tn Tunis; to Nuku'alofa; tr Ankara;
tt Port of Spain; tv Funafuti; tz Dodoma; ua Kyiv; ug Kampala; us Washington; uy Montevideo;
uz Tashkent; vc Kingstown; ve Caracas; vn Hanoi; vu Port Vila; ws Apia; ye Sana'a;
za Pretoria; zm Lusaka; zw Harare
"""


def folded(name):
    """A name without case, accents, points and hyphens, Arabic letters as Persian ones."""
    marks = re.sub(r"[\u0300-\u036f\u064b-\u065f\u200c]", "", unicodedata.normalize("NFKD", name))
    letters = marks.translate(str.maketrans("يكى", "یکی")).casefold()
    return " ".join(re.sub(r"[^\w\s]|_", lambda m: " " if m[0] in "-–—" else "", letters).split())


def read():
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


COUNTRIES = {country["code"]: country for country in read()}
PRESENT = {code: country for code, country in COUNTRIES.items() if len(code) == 2}


def test_every_country_is_there_once_in_order_of_code():
    codes = [country["code"] for country in read()]
    assert codes == sorted(set(codes))
    assert len(PRESENT) == 249 + 1
    assert "xk" in PRESENT
    assert sorted(set(COUNTRIES) - set(PRESENT)) == FORMER


def test_every_line_is_of_the_archive_format():
    for country in COUNTRIES.values():
        assert list(country) == FIELDS
        assert country["type"] == "country"
        assert re.fullmatch(COUNTRY_CODE, country["code"])
        assert re.fullmatch(r"[A-Z]{3}", country["alpha3"])
        assert country["name"]
        assert country["official_name"]


def test_every_text_is_clean():
    for country in COUNTRIES.values():
        for text in (country["name"], country["official_name"], *country["aliases"]):
            assert text == " ".join(text.split()) == unicodedata.normalize("NFC", text)
            assert not re.search(r"[;|\u202a-\u202e\u2066-\u2069]", text)


def test_alpha_3_codes_are_unique_among_present_countries():
    assert len({country["alpha3"] for country in PRESENT.values()}) == len(PRESENT)


def test_only_former_countries_have_ended():
    assert all(not c["existed_from"] and not c["existed_until"] for c in PRESENT.values())
    for code in FORMER:
        first, last = COUNTRIES[code]["existed_from"], COUNTRIES[code]["existed_until"]
        assert first is None or PartialDate.parse(first).latest < PartialDate.parse(last).earliest


def test_coordinates_are_on_the_globe():
    for country in COUNTRIES.values():
        latitude, longitude = country["latitude"], country["longitude"]
        assert (latitude is None) == (longitude is None)
        if latitude is not None:
            assert -90 <= latitude <= 90
            assert -180 <= longitude <= 180
    assert all(country["latitude"] is not None for country in PRESENT.values())


def test_an_alias_never_repeats_another_name_of_its_country():
    for country in COUNTRIES.values():
        names = [country["name"], country["demonym"], *country["aliases"]]
        if country["official_name"] != country["name"]:
            names.append(country["official_name"])
        assert [name for name, n in Counter(filter(None, names)).items() if n > 1] == (
            [country["name"]] if country["demonym"] == country["name"] else []
        )


def test_no_name_or_alias_is_shared_by_two_present_countries():
    owners = defaultdict(set)
    for code, country in PRESENT.items():
        for name in (country["name"], country["official_name"], *country["aliases"]):
            owners[folded(name)].add(code)
        if country["demonym"]:
            owners[folded(country["demonym"])].add(code)
    shared = {name: codes for name, codes in owners.items() if len(codes) > 1}
    assert shared == SHARED_DEMONYMS


@pytest.mark.parametrize("name", ["Congo", "Korea", "Virgin Islands", "Guiana", "Island"])
def test_an_ambiguous_name_belongs_to_nobody(name):
    owners = [
        code
        for code, country in PRESENT.items()
        if folded(name) in map(folded, (country["name"], *country["aliases"]))
    ]
    assert owners == []


def test_every_inhabited_country_has_a_demonym():
    assert {code for code, country in PRESENT.items() if not country["demonym"]} == WITHOUT_DEMONYM


def test_every_member_of_the_united_nations_answers_to_its_capital():
    capitals = [entry.strip().partition(" ") for entry in CAPITALS.split(";")]
    assert len(capitals) == 193
    missing = [
        (code, capital)
        for code, _, capital in capitals
        if capital not in (PRESENT[code]["name"], *PRESENT[code]["aliases"])
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("code", "name", "demonym", "aliases"),
    [
        ("ir", "Iran", "Iranian", {"Tehran", "ایران", "إيران", "Иран"}),
        ("tr", "Turkey", "Turkish", {"Ankara", "Türkiye", "Turk"}),
        ("pk", "Pakistan", "Pakistani", {"Islamabad", "پاکستان"}),
        ("us", "United States", "American", {"Washington", "Washington, D.C.", "USA", "U.S."}),
        ("gb", "United Kingdom", "British", {"UK", "Britain", "Great Britain", "Briton"}),
        ("fr", "France", "French", {"Paris", "Frenchman"}),
        ("ru", "Russia", "Russian", {"Moscow", "Россия"}),
        ("cn", "China", "Chinese", {"Beijing", "Peking", "中国"}),
        ("ua", "Ukraine", "Ukrainian", {"Kyiv", "Kiev"}),
        ("nl", "Netherlands", "Dutch", {"The Hague", "Holland"}),
        ("mm", "Myanmar", "Burmese", {"Burma"}),
        ("ci", "Ivory Coast", "Ivorian", {"Côte d'Ivoire"}),
        ("kp", "North Korea", "North Korean", {"DPRK", "Pyongyang"}),
        ("kr", "South Korea", "South Korean", {"ROK", "Seoul"}),
        ("ae", "United Arab Emirates", "Emirati", {"UAE"}),
        ("mk", "North Macedonia", "Macedonian", {"Macedonia"}),
        ("ph", "Philippines", "Philippine", {"Filipino"}),
        ("il", "Israel", "Israeli", {"اسرائیل"}),
        ("xk", "Kosovo", "Kosovar", {"Pristina"}),
        ("suhh", "Soviet Union", "Soviet", {"USSR", "Moscow", "СССР"}),
        ("ddde", "East Germany", "East German", {"GDR", "East Berlin"}),
        ("yucs", "Yugoslavia", "Yugoslav", {"Belgrade", "SFRY"}),
    ],
)
def test_well_known_countries(code, name, demonym, aliases):
    country = COUNTRIES[code]
    assert (country["name"], country["demonym"]) == (name, demonym)
    assert aliases <= set(country["aliases"])


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("suhh", "1922", "1991"),
        ("yucs", "1918", "2003"),
        ("csxx", "2003", "2006"),
        ("cshh", "1918", "1992"),
        ("ddde", "1949", "1990"),
        ("ydye", "1967", "1990"),
        ("bqaq", None, "1979"),
    ],
)
def test_years_of_former_countries(code, first, last):
    assert (COUNTRIES[code]["existed_from"], COUNTRIES[code]["existed_until"]) == (first, last)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is not beside the checkout")
def test_codes_are_those_of_the_source():
    source = {c["cca2"].lower(): c["cca3"] for c in json.loads(SHARED.read_text("utf-8"))}
    source["xk"] = "XKX"
    assert {code: country["alpha3"] for code, country in PRESENT.items()} == source


def kept():
    """The countries of the database, as the file writes them."""
    for country in Country.objects.prefetch_related("aliases").filter(code__in=COUNTRIES):
        days = {
            field: day and str(day)
            for field in ("existed_from", "existed_until")
            for day in [getattr(country, field)]
        }
        aliases = [alias.name for alias in country.aliases.all()]
        plain = {field: getattr(country, field) for field in FIELDS if hasattr(Country, field)}
        yield plain | days | {"type": "country", "aliases": aliases}


@pytest.mark.django_db
def test_the_migration_has_loaded_every_field():
    assert {country["code"]: country for country in kept()} == COUNTRIES


@pytest.mark.django_db
def test_the_migration_can_be_undone_and_done_again():
    migration = importlib.import_module("statements.migrations.0002_countries")
    with connection.schema_editor() as editor:
        migration.unload(apps, editor)
        assert not Country.objects.filter(code__in=COUNTRIES).exists()
        assert not Alias.objects.filter(country__isnull=False).exists()
        migration.load(apps, editor)
    assert {country["code"]: country for country in kept()} == COUNTRIES


@pytest.mark.django_db
def test_the_migration_is_not_undone_under_what_refers_to_a_country():
    migration = importlib.import_module("statements.migrations.0002_countries")
    Organization.objects.create(
        slug="foreign-office", name="Foreign Office", country=Country.objects.get(code="pk")
    )

    def unload():
        with transaction.atomic(), connection.schema_editor() as editor:
            migration.unload(apps, editor)
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        unload()
    assert Country.objects.filter(code__in=COUNTRIES).count() == len(COUNTRIES)
