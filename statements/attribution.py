"""The way the words came to us, told in a sentence.

Outlet, relayers and speakers are told in the order in which a reader meets them: who quotes,
paraphrases or merely reports whom. Each clause is one message, so that a translator sees it whole.
"""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from statements.models import Article, Citation, Organization, Party, Statement
from statements.vocabulary import ArticleKind, Channel, Form, PartyKind

# How the outlet tells of whom it has it from, when that one tells of another in turn.
QUOTING: dict[str, str] = {
    Form.DIRECT: _("{teller}, quoting {rest}"),
    Form.MIXED: _("{teller}, partly quoting {rest}"),
    Form.INDIRECT: _("{teller}, paraphrasing {rest}"),
    Form.ACT_REPORT: _("{teller}, reporting an act of {rest}"),
    Form.CONTACT_REPORT: _("{teller}, reporting a contact told of by {rest}"),
}
WHICH_QUOTES: dict[str, str] = {
    Form.DIRECT: _("{teller}, which quotes {rest}"),
    Form.MIXED: _("{teller}, which partly quotes {rest}"),
    Form.INDIRECT: _("{teller}, which paraphrases {rest}"),
    Form.ACT_REPORT: _("{teller}, which reports the act of {rest}"),
    Form.CONTACT_REPORT: _("{teller}, which reports the contact of {rest}"),
}
WHO_QUOTES: dict[str, str] = {
    Form.DIRECT: _("{teller}, who quotes {rest}"),
    Form.MIXED: _("{teller}, who partly quotes {rest}"),
    Form.INDIRECT: _("{teller}, who paraphrases {rest}"),
    Form.ACT_REPORT: _("{teller}, who reports the act of {rest}"),
    Form.CONTACT_REPORT: _("{teller}, who reports the contact of {rest}"),
}
# Without a relayer the outlet itself tells of the speaker.
QUOTES: dict[str, str] = {
    Form.DIRECT: _("{teller} quotes {rest}."),
    Form.MIXED: _("{teller} partly quotes {rest}."),
    Form.INDIRECT: _("{teller} paraphrases {rest}."),
    Form.ACT_REPORT: _("{teller} reports the act of {rest}."),
    Form.CONTACT_REPORT: _("{teller} reports the contact of {rest}."),
}
# A reconstruction is our text: what it knows, it knows from the report it retells.
AFTER: dict[str, str] = {
    Form.DIRECT: _("{teller}, which quotes {rest}."),
    Form.MIXED: _("{teller}, which partly quotes {rest}."),
    Form.INDIRECT: _("{teller}, which paraphrases {rest}."),
    Form.ACT_REPORT: _("{teller}, which reports the act of {rest}."),
    Form.CONTACT_REPORT: _("{teller}, which reports the contact of {rest}."),
}
THROUGH: dict[str, str] = {
    Channel.MEETING_BILATERAL: _("what {party} told of a meeting"),
    Channel.MEETING_MULTILATERAL: _("what {party} told of a meeting"),
    Channel.PHONE_CALL: _("what {party} told of a telephone call"),
    Channel.VIDEO_CALL: _("what {party} told of a video call"),
    Channel.LETTER: _("a letter of {party}"),
    Channel.NOTE_VERBALE: _("a note verbale of {party}"),
    Channel.MESSAGE: _("a message of {party}"),
    Channel.SUMMONS: _("what {party} told of a summons"),
    Channel.PRESS_STATEMENT: _("a press statement of {party}"),
    Channel.READOUT: _("a readout of {party}"),
    Channel.JOINT_STATEMENT: _("a joint statement of {party}"),
    Channel.COMMUNIQUE: _("a communiqué of {party}"),
    Channel.PRESS_BRIEFING: _("a press briefing of {party}"),
    Channel.PRESS_CONFERENCE: _("a press conference of {party}"),
    Channel.SPEECH: _("a speech of {party}"),
    Channel.UN_STATEMENT: _("a statement of {party} at the United Nations"),
    Channel.INTERVIEW: _("an interview of {party}"),
    Channel.PARLIAMENTARY_STATEMENT: _("a statement of {party} in parliament"),
    Channel.OP_ED: _("an op-ed of {party}"),
    Channel.SOCIAL_POST: _("a social media post of {party}"),
    Channel.BROADCAST: _("a broadcast of {party}"),
    Channel.TREATY_TEXT: _("a treaty of {party}"),
    Channel.DEMARCHE: _("a démarche of {party}"),
    Channel.TELEGRAM: _("a telegram of {party}"),
    Channel.AIRGRAM: _("an airgram of {party}"),
    Channel.MEMORANDUM: _("a memorandum of {party}"),
    Channel.MEMORANDUM_OF_CONVERSATION: _("a memorandum of conversation of {party}"),
    Channel.UNKNOWN: _("{party}"),
}


def attribution(statement: Statement, citation: Citation) -> SafeString:
    """Says through whom the words reached the cited article, as one sentence with links."""
    return sentence(
        article=citation.article,
        form=citation.form or statement.form,
        speakers=statement.speakers,
        relayers=[p for p in statement.relayers if p.article_id in (None, citation.article_id)],
    )


def sentence(
    *, article: Article | None, form: str, speakers: Sequence[Party], relayers: Sequence[Party]
) -> SafeString:
    """Says who tells of whom, the relayers in their order; nothing need be saved.

    Without an article the sentence begins with words that stand for it.
    """
    teller = _source(article) if article else _isolated(gettext("The article"))
    chain = _joined([_linked(party) for party in speakers])
    if not relayers:
        is_retold = article is not None and article.kind == ArticleKind.RECONSTRUCTION
        return _clause((AFTER if is_retold else QUOTES)[form], teller, chain)
    for relayer, told in zip(reversed(relayers), _forms_told(relayers, form), strict=True):
        verbs = WHO_QUOTES if _is_person(relayer) else WHICH_QUOTES
        chain = _clause(verbs[told], _relayed(relayer), chain)
    return format_html("{}.", _clause(QUOTING[_own_form(relayers[0])], teller, chain))


def _forms_told(relayers: Sequence[Party], form: str) -> list[str]:
    """How each relayer tells of the next, last relayer first: that one tells of the speaker."""
    return [form, *(_own_form(relayer) for relayer in reversed(relayers[1:]))]


def _own_form(relayer: Party) -> str:
    return relayer.form or Form.INDIRECT


def _clause(template: str, teller: SafeString, rest: SafeString) -> SafeString:
    return format_html(gettext(template), teller=teller, rest=rest)


def _source(article: Article) -> SafeString:
    outlet = _link(article.outlet.get_absolute_url(), article.outlet.name)
    if article.based_on is None:
        return outlet
    told = _link(article.based_on.outlet.get_absolute_url(), article.based_on.outlet.name)
    if article.kind == ArticleKind.RECONSTRUCTION:
        return format_html(
            gettext("{outlet}'s reconstruction of a report by {source}"), outlet=outlet, source=told
        )
    return format_html(gettext("{outlet}, after a report by {source}"), outlet=outlet, source=told)


def _relayed(relayer: Party) -> SafeString:
    through = THROUGH[relayer.channel] if relayer.channel else "{party}"
    return format_html(gettext(through), party=_linked(relayer))


def _linked(party: Party) -> SafeString:
    """The party's name as a link; an organization's with its country, which tells it apart."""
    name = party.name
    if party.kind == PartyKind.POST:
        name = party.capacity
    if isinstance(party.actor, Organization):
        name = party.actor.name_with_country
    return _link(party.actor.get_absolute_url(), name) if party.actor else _isolated(name)


def _link(url: str, name: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, _isolated(name))


def _isolated(name: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", name)


def _is_person(party: Party) -> bool:
    return party.kind in (PartyKind.OFFICIAL, PartyKind.POST, PartyKind.UNNAMED)


def _joined(names: Sequence[SafeString]) -> SafeString:
    if len(names) < 2:
        return names[0] if names else SafeString("")
    comma = gettext(", ")
    first = names[0]
    for name in names[1:-1]:
        first = format_html("{}{}{}", first, comma, name)
    return format_html(gettext("{names} and {last_name}"), names=first, last_name=names[-1])


def reported_in(n_articles: int, n_outlets: int) -> str:
    """Says by how many the statement is borne out; versions of one report count once."""
    if n_articles < 2:
        return gettext("One article reports this.")
    return ngettext(
        "%(articles)s articles of one outlet report this.",
        "%(articles)s articles of %(outlets)s outlets report this.",
        n_outlets,
    ) % {"articles": n_articles, "outlets": n_outlets}
