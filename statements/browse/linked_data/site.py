"""The archive as a whole: a site that can be searched, and a set of records."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from statements.interchange.dumps import Dump
from statements.models.permalinks import for_programs

from .nodes import Absolute, Node, node

# The formats of the list of statements, by the names of their addresses.
DISTRIBUTIONS = (
    ("statements-csv", "text/csv"),
    ("statements-xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("statements-json", "application/json"),
    ("statements-jsonl", "application/x-ndjson"),
    ("statements-atom", "application/atom+xml"),
    ("statements-bib", "application/x-bibtex"),
    ("statements-ris", "application/x-research-info-systems"),
)


@for_programs
def site_node(absolute: Absolute) -> Node:
    home = absolute(reverse("home"))
    asked = f"{absolute(reverse('search'))}?q={{search_term_string}}"
    return node(
        "WebSite",
        id_=f"{home}#site",
        url=home,
        name=_("Demarche"),
        description=_(
            "An archive of diplomatic statements: who said what to whom, on which day, and where "
            "it is reported."
        ),
        potentialAction={
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": asked},
            "query-input": "required name=search_term_string",
        },
    )


@for_programs
def dataset_node(absolute: Absolute, *, licence: str = "", dumps: Sequence[Dump] = ()) -> Node:
    """The statements as data, with every form in which they can be had, the newest dump too.

    The licence is told by its address or its name, where one was named.
    """
    page = absolute(reverse("about-data"))
    return node(
        "Dataset",
        id_=f"{page}#data",
        url=page,
        name=_("Demarche: diplomatic statements"),
        description=_(
            "Diplomatic statements, one record each: who said what to whom, in which capacity, on "
            "which day, through which channel, in whose words it reached the public, and which "
            "report it is known from."
        ),
        license=_licence(licence),
        isAccessibleForFree=True,
        creator=node("Organization", name=_("Demarche"), url=absolute(reverse("home"))),
        distribution=[*_distributions(absolute), *_files(dumps[:1], absolute)],
    )


def _files(dumps: Sequence[Dump], absolute: Absolute) -> Iterator[Node]:
    for dump in dumps:
        for file in dump.files:
            yield node(
                "DataDownload",
                name=file.name,
                contentUrl=absolute(reverse("dump", args=[file.name])),
                encodingFormat="application/gzip",
                contentSize=f"{file.n_bytes} B",
                sha256=file.sha256,
                dateModified=dump.made_at.isoformat(),
            )


def _licence(told: str) -> str | Node:
    is_address = told.startswith(("https://", "http://"))
    return told if is_address or not told else node("CreativeWork", name=told)


def _distributions(absolute: Absolute) -> Iterator[Node]:
    """The formats are another face's: what it does not serve is not told of."""
    for name, media_type in DISTRIBUTIONS:
        with suppress(NoReverseMatch):
            address = absolute(reverse(name))
            yield node("DataDownload", contentUrl=address, encodingFormat=media_type)
