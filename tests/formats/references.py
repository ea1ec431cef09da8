"""References for the tests of the writers, and texts that their formats could trip over."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from statements.dates import PartialDate
from statements.formats.reference import Named, Reference, Source

JILANI = Named("Jalil Abbas Jilani", "Jilani", "Foreign Minister, Pakistan")
AMIR = Named("Hossein Amir-Abdollahian", "Amir-Abdollahian", "Foreign Minister, Iran")
OFFICE = Named(
    "Foreign Office (Pakistan)",
    told="Pakistan's Foreign Office",
    channel="press_statement",
    form="mixed",
)
NDTV = Source(
    "Pakistan, Iran agree to de-escalate",
    "NDTV",
    PartialDate(2024, 1, 19),
    url="https://example.org/a_b?x=%20",
    archived_url="https://archive.example.org/1",
)
CALL = Reference(
    key="2024-01-19-jilani-amir-abdollahian",
    url="https://archive.example/statements/2024-01-19-jilani-amir-abdollahian/",
    archive="Demarche",
    words="He stressed the need for closer cooperation.",
    language="en",
    form="indirect",
    channel="phone_call",
    speakers=(JILANI,),
    addressees=(AMIR,),
    relayers=(OFFICE,),
    sources=(NDTV,),
    said_on=PartialDate(2024, 1, 19),
    accessed_on=date(2026, 11, 24),
)

# What a format may take for markup, beside letters of several scripts and directions.
AWKWARD = "{}%&#_$~\\\"'`-<>@=,;:/?!()[]|*ABc é ü ñ ø ß ł 王毅 جلیل محمد حسین \n\r\t\u200f\u00a0"
texts = st.text(st.sampled_from(AWKWARD), min_size=1, max_size=40).filter(str.strip)


def make_reference(**fields):
    return replace(CALL, **fields)
