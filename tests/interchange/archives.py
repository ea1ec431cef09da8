"""Whole archives made up by hypothesis: every kind of object, each naming others."""

import string

from hypothesis import strategies as st

from statements.dates import PartialDate
from statements.vocabulary import (
    Act,
    ArticleKind,
    Basis,
    Channel,
    EventKind,
    Form,
    LinkKind,
    OrganizationKind,
    Role,
    Standing,
    TextStatus,
)

SCRIPTS = st.sampled_from(
    [
        "Jalil Abbas Jilani", "جلیل عباس جیلانی", "حسین امیرعبداللهیان", "Hüseyin Fıdan",
        "Сергей Лавров", "李鵬", "नरेन्द्र मोदी", "Ὀδυσσεύς", "O’Neill-Smith", "a\u0301e\u0323\u0302",
        "\u202eevil\u202c", "tabs\tand  spaces", "🕊 peace", "\u212b", "\u1112\u1161\u11ab",
    ]
)  # fmt: skip
WRITTEN = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=30
)
LINES = st.one_of(SCRIPTS, WRITTEN.filter(lambda text: _is_a_line(text)))
PROSE = st.lists(LINES, min_size=1, max_size=3).map("\r\n".join)
EVIDENCE = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60
)
LANGUAGES = st.sampled_from(["en", "fa", "ur", "ru", "pt-BR", "zh-Hant-TW", "tr"])
ADDRESSES = st.sampled_from(
    ["https://example.org/a?b=c#d", "HTTP://xn--80ak6aa92e.com", "https://example.org/خبر"]
)
IDENTIFIERS = st.dictionaries(st.sampled_from(["wikidata", "viaf", "isni"]), LINES, max_size=2)
COUNTRIES = st.sampled_from(["pk", "ir", "tr", "suhh", "xk", "x-made-up"])
INSTANTS = st.datetimes().map(lambda at: at.isoformat() + "Z")
ZONES = st.sampled_from(["Z", "+05:00", "-03:30", "+14:00", "-12:00"])


def _is_a_line(text):
    bidi = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return bool("".join(text.split()).strip(bidi).strip())


@st.composite
def days(draw):
    whole = draw(st.dates())
    parts = (whole.year, whole.month, whole.day)
    return str(PartialDate(*parts[: draw(st.integers(1, 3))]))


@st.composite
def in_order(draw, first, last):
    """Two days under these names, either perhaps absent, the second not before the first."""
    found = sorted([PartialDate.parse(draw(days())) for _ in range(2)], key=lambda day: day.latest)
    pair = {first: str(found[0]), last: str(found[1])}
    return {name: day for name, day in pair.items() if draw(st.booleans())}


def some(**fields):
    """Any of the fields, each there or not."""
    return st.fixed_dictionaries({}, optional=fields)


def codes(terms):
    return st.sampled_from(terms.codes())


def several(values, n=3):
    return st.lists(values, unique=True, max_size=n)


def one_of(slugs):
    return st.sampled_from(slugs)


@st.composite
def parties(draw, roles, slugs, articles):
    role = draw(roles)
    kind = draw(
        st.sampled_from(["official", "organization", "post", "country", "public", "unnamed"])
    )
    party = {"role": role}
    if kind == "official":
        party["official"] = draw(one_of(slugs["official"]))
        party |= draw(some(post=one_of(slugs["post"]), organization=one_of(slugs["organization"])))
    elif kind in ("organization", "post"):
        party[kind] = draw(one_of(slugs[kind]))
    elif kind == "country":
        party["country"] = draw(COUNTRIES)
    elif kind == "unnamed":
        party["name_as_printed"] = draw(LINES)
        party |= draw(some(post=one_of(slugs["post"])))
    if kind in ("public", "unnamed", "country"):
        party["kind"] = kind
    if kind != "country":
        party |= draw(some(country=COUNTRIES))
    party |= draw(some(capacity=LINES, basis=codes(Basis), name_as_printed=LINES))
    if role == "relayer":
        party |= draw(some(form=codes(Form), channel=codes(Channel)))
        if articles:
            party |= draw(some(article=one_of(articles)))
    return party


def without_doubles(found):
    """No official twice in one role, and somebody who speaks."""
    seen, kept = set(), []
    for party in found:
        place = (party["role"], party.get("official"), party.get("article"))
        if party.get("official") is None or place not in seen:
            kept.append(party)
        seen.add(place)
    return kept


@st.composite
def said(draw):
    qualifier = draw(st.sampled_from([None, "on", "about", "not_before", "not_after", "between"]))
    if draw(st.integers(0, 4)) == 0:
        return draw(some(undated_reason=LINES))
    fields = {"said_on": draw(days()), "said_on_basis": draw(codes(Basis))}
    if qualifier == "between":
        first, last = sorted(
            [PartialDate.parse(fields["said_on"]), PartialDate.parse(draw(days()))],
            key=lambda day: day.latest,
        )
        fields |= {"said_on": str(first), "said_on_until": str(last)}
    return fields | {"said_on_qualifier": qualifier}


@st.composite
def statements(draw, key, slugs):
    roles = codes(Role)
    found = draw(st.lists(parties(roles, slugs, slugs["article"]), max_size=4))
    speaker = draw(parties(st.just("speaker"), slugs, slugs["article"]))
    citation = st.fixed_dictionaries(
        {"article": one_of(slugs["article"])},
        optional={
            "locator": LINES, "form": codes(Form), "text_status": codes(TextStatus),
            "quote": EVIDENCE, "prefix": EVIDENCE, "suffix": EVIDENCE,
            "start": st.integers(0, 2**31 - 1),
            "check": st.sampled_from(["verified", "moved", "missing", "no_text"]),
            "checked_at": INSTANTS,
        },
    )  # fmt: skip
    citations = draw(
        st.lists(citation, min_size=1, max_size=3,
                 unique_by=lambda c: (c["article"], c.get("quote")))
    )  # fmt: skip
    others = [other for other in slugs["statement"] if other != key]
    statement = {
        "type": "statement", "key": key, "text": draw(PROSE), "form": draw(codes(Form)),
        "parties": without_doubles([speaker, *found]), "citations": citations,
    }  # fmt: skip
    statement |= draw(said())
    statement |= draw(
        some(
            language=LANGUAGES, text_status=codes(TextStatus), original_text=PROSE,
            original_language=LANGUAGES, translator=LINES, channel=codes(Channel),
            channel_basis=codes(Basis), platform=LINES, basis_note=PROSE,
            acts=several(codes(Act)), topics=several(one_of(slugs["topic"])),
            about_events=several(one_of(slugs["event"])), note=PROSE,
            published_at=INSTANTS, updated_at=INSTANTS,
        )
    )  # fmt: skip
    if statement.get("said_on") is None and draw(st.booleans()):
        statement["said_at"] = "2024-01-19T14:30:00" + draw(ZONES)
    if draw(st.booleans()):
        statement |= {"event": draw(one_of(slugs["event"]))} | draw(
            some(event_order=st.integers(0, 9))
        )
    if draw(st.booleans()):
        standing = draw(codes(Standing))
        statement |= {"standing": standing, "standing_note": draw(PROSE)}
    status = draw(st.sampled_from(["draft", "in_review", "published", "withdrawn"]))
    statement["status"] = status
    if status == "withdrawn":
        statement["withdrawal_reason"] = draw(PROSE)
    if others:
        link = st.fixed_dictionaries({"kind": codes(LinkKind), "statement": one_of(others)})
        statement["links"] = draw(
            st.lists(link, max_size=2, unique_by=lambda link: (link["kind"], link["statement"]))
        )
    return statement


@st.composite
def archives(draw):
    """The objects of one archive, in an order of their own."""
    slugs = {
        kind: [f"{kind}-{letter}" for letter in string.ascii_lowercase[: draw(st.integers(1, 3))]]
        for kind in ("organization", "post", "official", "outlet", "article", "topic", "event",
                     "statement")
    }  # fmt: skip
    objects = [{"type": "country", "code": "x-made-up", "name": draw(LINES)}
               | draw(some(demonym=LINES, aliases=several(LINES)))
               | draw(in_order("existed_from", "existed_until"))]  # fmt: skip
    for slug in slugs["organization"]:
        objects.append(
            {"type": "organization", "slug": slug, "name": draw(LINES)}
            | draw(some(kind=codes(OrganizationKind), country=COUNTRIES, website=ADDRESSES,
                        aliases=several(LINES)))
        )  # fmt: skip
    for slug in slugs["post"]:
        objects.append(
            {"type": "post", "slug": slug, "title": draw(LINES)}
            | draw(some(organization=one_of(slugs["organization"]), country=COUNTRIES))
        )
    tenure = st.builds(
        lambda post, days, acting: {"post": post, **days, **acting},
        one_of(slugs["post"]), in_order("started_on", "ended_on"), some(acting=st.booleans()),
    )  # fmt: skip
    for slug in slugs["official"]:
        objects.append(
            {"type": "official", "slug": slug, "name": draw(LINES)}
            | draw(
                some(
                    sort_name=LINES, country=COUNTRIES, note=PROSE, identifiers=IDENTIFIERS,
                    aliases=several(LINES | st.builds(
                        lambda name, language: {"name": name} | language,
                        LINES, some(language=LANGUAGES),
                    ).map(lambda alias: alias), 0) | several(LINES),
                    tenures=st.lists(tenure, max_size=3, unique_by=lambda t: (
                        t["post"], t.get("started_on"), t.get("ended_on"))),
                )
            )
        )  # fmt: skip
    for slug in slugs["outlet"]:
        objects.append(
            {"type": "outlet", "slug": slug, "name": draw(LINES)}
            | draw(some(country=COUNTRIES, website=ADDRESSES, language=LANGUAGES))
        )
    for number, slug in enumerate(slugs["article"]):
        earlier = slugs["article"][:number]
        article = {"type": "article", "slug": slug, "outlet": draw(one_of(slugs["outlet"])),
                   "title": draw(LINES)}  # fmt: skip
        article |= draw(
            some(
                url=ADDRESSES, archived_url=ADDRESSES, published_on=days(), language=LANGUAGES,
                agency=LINES, byline=LINES, body=EVIDENCE, repository=LINES, collection=LINES,
                box=LINES, folder=LINES, document_number=LINES,
                **({"based_on": one_of(earlier)} if earlier else {}),
            )
        )  # fmt: skip
        kinds = [kind for kind in ArticleKind.codes()
                 if kind != "reconstruction" or "based_on" in article]  # fmt: skip
        objects.append(article | {"kind": draw(st.sampled_from(kinds))})
    for slug in slugs["topic"]:
        objects.append(
            {"type": "topic", "slug": slug, "name": draw(LINES)} | draw(some(description=PROSE))
        )
    for slug in slugs["event"]:
        found = draw(st.lists(parties(codes(Role), slugs, []), max_size=2))
        objects.append(
            {"type": "event", "slug": slug, "title": draw(LINES), "parties": found}
            | draw(in_order("started_on", "ended_on"))
            | draw(some(kind=codes(EventKind), place=LINES, countries=several(COUNTRIES),
                        url=ADDRESSES, is_seen=st.booleans(), description=PROSE))
        )  # fmt: skip
    objects += [draw(statements(key, slugs)) for key in slugs["statement"]]
    if draw(st.booleans()):
        objects.append(
            {"type": "redirect", "kind": "official", "from": "old", "to": slugs["official"][0]}
        )
    return draw(st.permutations(objects))
