"""A statement with its attribution in one plain sentence, ready for a news story.

The words come last, so that any wording fits; only a direct quotation stands in quotation marks.
"""

from statements.dates import PartialDate, Precision, Qualifier
from statements.formats.reference import (
    Named,
    Reference,
    Translate,
    joined,
    one_line,
    said,
    who_to_whom,
)
from statements.texts import without_outer_marks
from statements.vocabulary import Channel, Form, Standing, TextStatus

N_CHARACTERS = 1000
ELLIPSIS = "…"


def _(text: str) -> str:
    """Marks a text for gettext; whoever asks for the sentence translates it."""
    return text


# By channel: what is said there, and for one who relays, where that is told.
IN: dict[str, str] = {
    Channel.MEETING_BILATERAL: _("in a bilateral meeting"),
    Channel.MEETING_MULTILATERAL: _("in a multilateral meeting"),
    Channel.PHONE_CALL: _("in a telephone call"),
    Channel.VIDEO_CALL: _("in a video call"),
    Channel.LETTER: _("in a letter"),
    Channel.NOTE_VERBALE: _("in a note verbale"),
    Channel.MESSAGE: _("in a message"),
    Channel.SUMMONS: _("in a summons"),
    Channel.PRESS_STATEMENT: _("in a press statement"),
    Channel.READOUT: _("in a readout"),
    Channel.JOINT_STATEMENT: _("in a joint statement"),
    Channel.COMMUNIQUE: _("in a communiqué"),
    Channel.PRESS_BRIEFING: _("in a press briefing"),
    Channel.PRESS_CONFERENCE: _("in a press conference"),
    Channel.SPEECH: _("in a speech"),
    Channel.UN_STATEMENT: _("in a statement at the United Nations"),
    Channel.INTERVIEW: _("in an interview"),
    Channel.PARLIAMENTARY_STATEMENT: _("in a statement in parliament"),
    Channel.OP_ED: _("in an op-ed"),
    Channel.SOCIAL_POST: _("in a social media post"),
    Channel.BROADCAST: _("in a broadcast"),
    Channel.TREATY_TEXT: _("in the text of a treaty"),
    Channel.DEMARCHE: _("in a démarche"),
    Channel.TELEGRAM: _("in a telegram"),
    Channel.AIRGRAM: _("in an airgram"),
    Channel.MEMORANDUM: _("in a memorandum"),
    Channel.MEMORANDUM_OF_CONVERSATION: _("in a memorandum of conversation"),
    Channel.UNKNOWN: "",
}
# What a form does to the sentence and to the words at its end.
SAYING: dict[str, str] = {
    Form.DIRECT: _("%(told)s: “%(words)s”"),
    Form.MIXED: _("%(told)s, partly in quotation: %(words)s"),
    Form.INDIRECT: _("%(told)s, in paraphrase: %(words)s"),
    Form.ACT_REPORT: _("%(told)s, as a report of the act: %(words)s"),
    Form.CONTACT_REPORT: _("%(told)s, as a report of the contact: %(words)s"),
}


def sentence(reference: Reference, translate: Translate = str) -> str:
    """Who told whom what, through what, on which day, by whose account."""
    clauses = [_spoken(reference, translate)]
    if reference.relayers:
        relayers = joined((_relayed(named, translate) for named in reference.relayers), translate)
        clauses.append(translate(_("according to %(relayers)s")) % {"relayers": relayers})
    if reference.sources:
        outlets = joined(_outlets(reference), translate)
        clauses.append(translate(_("as reported by %(outlets)s")) % {"outlets": outlets})
    if reference.standing != Standing.UNDISPUTED:
        standing = translate(Standing.of(reference.standing).label)
        clauses.append(
            translate(_("an attribution that is %(standing)s")) % {"standing": standing.lower()}
        )
    told = translate(_(", ")).join(clauses)
    if reference.text_status == TextStatus.TRANSLATED:
        told = translate(_("%(told)s, in translation")) % {"told": told}
    return one_line(translate(SAYING[reference.form]) % {"told": told, "words": _words(reference)})


def _spoken(reference: Reference, translate: Translate) -> str:
    """`A (capacity) told B (capacity) in a telephone call on 19 January 2024`."""
    where = translate(IN[reference.channel]) if IN[reference.channel] else ""
    if where and reference.platform:
        where = translate(_("%(where)s on %(platform)s")) % {
            "where": where,
            "platform": reference.platform,
        }
    parts = [_who(reference, translate), where, _when(reference, translate)]
    return " ".join(part for part in parts if part)


def _who(reference: Reference, translate: Translate) -> str:
    """Who spoke to whom; only for words, and not for what was done, do they say or tell it."""
    if reference.form in (Form.ACT_REPORT, Form.CONTACT_REPORT):
        return who_to_whom(reference, translate)
    speakers = joined((named.in_full for named in reference.speakers), translate)
    if reference.is_mutual:
        return translate(_("%(speakers)s told each other")) % {"speakers": speakers}
    if not reference.addressees:
        return translate(_("%(speakers)s said")) % {"speakers": speakers}
    return translate(_("%(speakers)s told %(addressees)s")) % {
        "speakers": speakers,
        "addressees": joined((named.in_full for named in reference.addressees), translate),
    }


def _when(reference: Reference, translate: Translate) -> str:
    day = reference.said_on
    if day is None:
        return translate(_("on a day that is not known"))
    told = said(reference, translate)
    if reference.said_on_qualifier == Qualifier.ON:
        told = translate(_preposition(day)) % {"day": told}
    if reference.is_day_inferred:
        return translate(_("%(day)s (inferred)")) % {"day": told}
    return told


def _preposition(day: PartialDate) -> str:
    return _("on %(day)s") if day.precision == Precision.DAY else _("in %(day)s")


def _relayed(named: Named, translate: Translate) -> str:
    where = IN.get(named.channel, "")
    name = named.told or named.name
    return f"{name} {translate(where)}" if where else name


def _outlets(reference: Reference) -> list[str]:
    """Those who report it; of what retells a report, the one who made that."""
    reports = [source.based_on or source for source in reference.sources]
    return list(dict.fromkeys(report.outlet for report in reports))


def _words(reference: Reference) -> str:
    """The words in one line, the beginning of long ones."""
    told = one_line(reference.words)
    if reference.form == Form.DIRECT:
        told = without_outer_marks(told)
    if len(told) <= N_CHARACTERS:
        return told
    return f"{told[:N_CHARACTERS].rsplit(' ', 1)[0]} {ELLIPSIS}"
