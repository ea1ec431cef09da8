"""The closed lists of the archive's language: roles, forms, channels, acts and their kin."""

from enum import StrEnum
from typing import Self, cast


def _(text: str) -> str:
    """Marks a label for gettext; whoever shows it translates it."""
    return text


class Term(StrEnum):
    """A code with the words that a reader sees in its place."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = label
        return term

    @classmethod
    def codes(cls) -> list[str]:
        return [term.value for term in cls]

    @classmethod
    def of(cls, code: str) -> Self:
        """The term of a code; KeyError for one that is not in the list."""
        return cast(Self, cls._value2member_map_[code])


class Role(Term):
    SPEAKER = "speaker", _("Speaker")
    ADDRESSEE = "addressee", _("Addressee")
    RELAYER = "relayer", _("Relayer")
    SUBJECT = "subject", _("Spoken about")


class PartyKind(Term):
    OFFICIAL = "official", _("Official")
    POST = "post", _("Post")
    ORGANIZATION = "organization", _("Organization")
    COUNTRY = "country", _("Country")
    PUBLIC = "public", _("The public")
    UNNAMED = "unnamed", _("Unnamed")


class Form(Term):
    DIRECT = "direct", _("Direct quotation")
    MIXED = "mixed", _("Partly quoted")
    INDIRECT = "indirect", _("Paraphrase")
    ACT_REPORT = "act_report", _("Report of the act")
    CONTACT_REPORT = "contact_report", _("Report of the contact")


class TextStatus(Term):
    VERBATIM = "verbatim", _("Verbatim")
    TRANSLATED = "translated", _("Translated")
    TRANSCRIBED = "transcribed", _("Transcribed")
    ABRIDGED = "abridged", _("Abridged")
    UNKNOWN = "unknown", _("State unknown")


class Basis(Term):
    STATED = "stated", _("Stated by the source")
    INFERRED = "inferred", _("Inferred by the curator")


class Channel(Term):
    MEETING_BILATERAL = "meeting_bilateral", _("Bilateral meeting")
    MEETING_MULTILATERAL = "meeting_multilateral", _("Multilateral meeting")
    PHONE_CALL = "phone_call", _("Telephone call")
    VIDEO_CALL = "video_call", _("Video call")
    LETTER = "letter", _("Letter")
    NOTE_VERBALE = "note_verbale", _("Note verbale")
    MESSAGE = "message", _("Message")
    SUMMONS = "summons", _("Summons")
    PRESS_STATEMENT = "press_statement", _("Press statement")
    READOUT = "readout", _("Readout")
    JOINT_STATEMENT = "joint_statement", _("Joint statement")
    COMMUNIQUE = "communique", _("Communiqué")
    PRESS_BRIEFING = "press_briefing", _("Press briefing")
    PRESS_CONFERENCE = "press_conference", _("Press conference")
    SPEECH = "speech", _("Speech")
    UN_STATEMENT = "un_statement", _("Statement at the United Nations")
    INTERVIEW = "interview", _("Interview")
    PARLIAMENTARY_STATEMENT = "parliamentary_statement", _("Statement in parliament")
    OP_ED = "op_ed", _("Op-ed")
    SOCIAL_POST = "social_post", _("Social media post")
    BROADCAST = "broadcast", _("Broadcast")
    TREATY_TEXT = "treaty_text", _("Treaty text")
    DEMARCHE = "demarche", _("Démarche")
    TELEGRAM = "telegram", _("Telegram")
    AIRGRAM = "airgram", _("Airgram")
    MEMORANDUM = "memorandum", _("Memorandum")
    MEMORANDUM_OF_CONVERSATION = "memorandum_of_conversation", _("Memorandum of conversation")
    UNKNOWN = "unknown", _("Channel unknown")


# Channels whose product is the speaker's own text or performance: a report of one of them is a
# report of what the speaker put out, not of an exchange that only others describe.
SPEAKERS_OWN_CHANNELS = frozenset(Channel) - {
    Channel.MEETING_BILATERAL,
    Channel.MEETING_MULTILATERAL,
    Channel.PHONE_CALL,
    Channel.VIDEO_CALL,
    Channel.MESSAGE,
    Channel.SUMMONS,
    Channel.MEMORANDUM_OF_CONVERSATION,
    Channel.UNKNOWN,
}


class Account(Term):
    OWN = "own", _("The speaker's own account")
    OWN_SIDE = "own_side", _("Reported by the speaker's side")
    OTHER_SIDE = "other_side", _("Reported by the other side")
    THIRD_PARTY = "third_party", _("Reported by a third party")
    OUTLET_ONLY = "outlet_only", _("Reported by the outlet alone")


class Standing(Term):
    UNDISPUTED = "undisputed", _("Undisputed")
    DISPUTED = "disputed", _("Disputed")
    MISATTRIBUTED = "misattributed", _("Misattributed")
    RETRACTED = "retracted", _("Retracted")


class Status(Term):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReviewStep(Term):
    """What is done on a statement's way to the public and back."""

    SUBMITTED = "submitted", _("Sent to review")
    TAKEN_BACK = "taken_back", _("Taken back")
    RETURNED = "returned", _("Sent back")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LogInResult(Term):
    """What became of an attempt to log in, and how a session ended."""

    ACCEPTED = "accepted", _("Password accepted")
    REFUSED = "refused", _("Refused")
    SLOWED = "slowed", _("Too many attempts")
    CODE_ACCEPTED = "code_accepted", _("Second factor accepted")
    CODE_REFUSED = "code_refused", _("Second factor refused")
    RECOVERED = "recovered", _("Recovery code used")
    ENROLLED = "enrolled", _("Second factor set up")
    REMOVED = "removed", _("Second factor removed")
    LOGGED_OUT = "logged_out", _("Logged out")
    ENDED = "ended", _("Session ended")


class LinkKind(Term):
    REPLIES_TO = "replies_to", _("Replies to")
    REPEATS = "repeats", _("Repeats")
    CLARIFIES = "clarifies", _("Clarifies")
    CORRECTS = "corrects", _("Corrects")
    DENIES = "denies", _("Denies")
    RETRACTS = "retracts", _("Retracts")
    SHARES = "shares", _("Shares")


class ArticleKind(Term):
    NEWS_REPORT = "news_report", _("News report")
    PRESS_RELEASE = "press_release", _("Press release")
    TRANSCRIPT = "transcript", _("Transcript")
    READOUT = "readout", _("Readout")
    SOCIAL_POST = "social_post", _("Social media post")
    INTERVIEW = "interview", _("Interview")
    ARCHIVAL_DOCUMENT = "archival_document", _("Archival document")
    BOOK = "book", _("Book")
    RECONSTRUCTION = "reconstruction", _("Reconstruction")


class OrganizationKind(Term):
    MINISTRY = "ministry", _("Ministry")
    PRESIDENCY = "presidency", _("Presidency")
    GOVERNMENT = "government", _("Government")
    PARLIAMENT = "parliament", _("Parliament")
    COURT = "court", _("Court")
    ARMY = "army", _("Armed forces")
    EMBASSY = "embassy", _("Embassy or mission")
    AGENCY = "agency", _("Agency")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    ARMED_GROUP = "armed_group", _("Armed group")
    PARTY = "party", _("Political party")
    OTHER = "other", _("Other organization")


class EventKind(Term):
    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Visit")
    SUMMIT = "summit", _("Summit")
    CONFERENCE = "conference", _("Conference")
    LETTER = "letter", _("Letter")
    POST = "post", _("Post")
    SPEECH = "speech", _("Speech")
    BRIEFING = "briefing", _("Briefing")
    EXCHANGE = "exchange", _("Exchange")
    CONTACT = "contact", _("Contact")
    INCIDENT = "incident", _("Incident")
    OTHER = "other", _("Other event")


class Act(Term):
    """What a statement does, with its class after Searle and where PLOVER and CAMEO put it."""

    illocution: str
    plover: str | None
    cameo: tuple[str, ...]

    def __new__(
        cls, code: str, label: str, illocution: str, plover: str | None, cameo: tuple[str, ...]
    ) -> Self:
        act = str.__new__(cls, code)
        act._value_ = code
        act.label, act.illocution, act.plover, act.cameo = label, illocution, plover, cameo
        return act

    COMMENT = "comment", _("Comments"), "assertive", None, ("01",)
    JUSTIFY = "justify", _("Justifies"), "assertive", None, ("01",)
    REASSURE = "reassure", _("Reassures"), "assertive", None, ("01",)
    DENY = "deny", _("Denies"), "assertive", None, ("01", "016")
    CONDOLE = "condole", _("Condoles"), "expressive", None, ("01", "018")
    APPEAL = "appeal", _("Appeals"), "directive", "REQUEST", ("02",)
    DEMAND = "demand", _("Demands"), "directive", "REQUEST", ("10",)
    OFFER = "offer", _("Offers"), "commissive", "AGREE", ("03",)
    AGREE = "agree", _("Agrees"), "commissive", "AGREE", ("03",)
    CONSULT = "consult", _("Consults"), "contact", "CONSULT", ("04",)
    SUPPORT = "support", _("Supports"), "expressive", "SUPPORT", ("05",)
    APOLOGISE = "apologise", _("Apologises"), "expressive", "CONCEDE", ("05", "055")
    CONCEDE = "concede", _("Concedes"), "commissive", "CONCEDE", ("08",)
    CONDEMN = "condemn", _("Condemns"), "expressive", "ACCUSE", ("11",)
    ACCUSE = "accuse", _("Accuses"), "assertive", "ACCUSE", ("09", "11")
    REJECT = "reject", _("Rejects"), "commissive", "REJECT", ("12",)
    THREATEN = "threaten", _("Threatens"), "commissive", "THREATEN", ("13",)
    ANNOUNCE = (
        "announce", _("Announces"), "declaration", "the material type",
        ("06", "07", "14", "15", "16", "17", "18", "19", "20"),
    )  # fmt: skip
