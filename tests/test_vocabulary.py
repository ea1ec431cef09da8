import re
from pathlib import Path

import pytest

from statements import vocabulary
from statements.vocabulary import (
    SPEAKERS_OWN_CHANNELS,
    Account,
    Act,
    Channel,
    Form,
    PartyKind,
    Role,
    Standing,
    Status,
    Term,
    TextStatus,
)

PRODUCT = Path(__file__).resolve().parents[2] / "shared" / "design" / "PRODUCT.md"

LISTS = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, Term) and kind is not Term
]

# After Searle, PLOVER's actions, and the roots and events of CAMEO.
ACTS = {
    "comment": ("assertive", None, ("01",)),
    "justify": ("assertive", None, ("01",)),
    "reassure": ("assertive", None, ("01",)),
    "deny": ("assertive", None, ("01", "016")),
    "condole": ("expressive", None, ("01", "018")),
    "appeal": ("directive", "REQUEST", ("02",)),
    "demand": ("directive", "REQUEST", ("10",)),
    "offer": ("commissive", "AGREE", ("03",)),
    "agree": ("commissive", "AGREE", ("03",)),
    "consult": ("contact", "CONSULT", ("04",)),
    "support": ("expressive", "SUPPORT", ("05",)),
    "apologise": ("expressive", "CONCEDE", ("05", "055")),
    "concede": ("commissive", "CONCEDE", ("08",)),
    "condemn": ("expressive", "ACCUSE", ("11",)),
    "accuse": ("assertive", "ACCUSE", ("09", "11")),
    "reject": ("commissive", "REJECT", ("12",)),
    "threaten": ("commissive", "THREATEN", ("13",)),
    "announce": (
        "declaration",
        "the material type",
        ("06", "07", "14", "15", "16", "17", "18", "19", "20"),
    ),
}


@pytest.mark.parametrize("terms", LISTS)
def test_every_code_can_stand_in_an_address_and_has_words_of_its_own(terms):
    labels = [term.label for term in terms]
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", term.value) for term in terms)
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("terms", LISTS)
def test_a_code_is_its_own_text(terms):
    assert terms.codes() == [str(term) for term in terms]
    assert all(terms(code).value == code for code in terms.codes())


def test_the_closed_lists_are_those_of_the_domain():
    assert Role.codes() == ["speaker", "addressee", "relayer", "subject"]
    assert PartyKind.codes() == [
        "official", "post", "organization", "country", "public", "unnamed",
    ]  # fmt: skip
    assert Form.codes() == ["direct", "mixed", "indirect", "act_report", "contact_report"]
    assert TextStatus.codes() == [
        "verbatim", "translated", "transcribed", "abridged", "unknown",
    ]  # fmt: skip
    assert Account.codes() == ["own", "own_side", "other_side", "third_party", "outlet_only"]
    assert Standing.codes() == ["undisputed", "disputed", "misattributed", "retracted"]
    assert Status.codes() == ["draft", "in_review", "published", "withdrawn"]


def test_every_act_has_its_class_and_its_place_in_plover_and_cameo():
    assert {act.value: (act.illocution, act.plover, act.cameo) for act in Act} == ACTS


def test_what_only_others_can_report_is_no_channel_of_the_speaker():
    assert set(Channel) - SPEAKERS_OWN_CHANNELS == {
        Channel.MEETING_BILATERAL,
        Channel.MEETING_MULTILATERAL,
        Channel.PHONE_CALL,
        Channel.VIDEO_CALL,
        Channel.MESSAGE,
        Channel.SUMMONS,
        Channel.MEMORANDUM_OF_CONVERSATION,
        Channel.UNKNOWN,
    }


@pytest.mark.shared
@pytest.mark.skipif(not PRODUCT.exists(), reason="needs the shared folder beside the checkout")
def test_channels_and_acts_are_those_of_the_design():
    text = PRODUCT.read_text(encoding="utf-8")
    channels = re.search(r"### Channel\n(.*?)\. A social post", text, re.S)[1]
    assert re.findall(r"`(\w+)`", channels) == Channel.codes()
    acts = re.findall(
        r"^\| (\w+)[^|]*\| (?:assertive|expressive|directive|commissive|contact|d)", text, re.M
    )
    assert acts == Act.codes()
