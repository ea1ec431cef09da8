"""Who follows which searches by e-mail, and the mails that are sent to them."""

import secrets
from datetime import date, timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone as clock
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import Term

from .fields import choices, is_at_most, is_one_of

N_ADDRESS_CHARACTERS = 254  # RFC 5321, section 4.5.3.1.3, without the brackets
N_QUERY_CHARACTERS = 2000
N_NOTE_CHARACTERS = 300
N_FAILURE_CHARACTERS = 500
N_CODE_BYTES = 16  # of chance
JOINERS = "\u200c\u200d"


class Interval(Term):
    """How often one is written to."""

    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"


DAYS = {Interval.DAILY: 1, Interval.WEEKLY: 7}


class MailKind(Term):
    """What a mail is for."""

    CONFIRMATION = "confirmation", "To be confirmed"
    KNOWN = "known", "Followed already"
    FULL = "full", "Follows too many searches"
    NEWS = "news", "New statements"
    LOST = "lost", "Search that means nothing any more"


class MailState(Term):
    """How far a mail is.

    `handing_over` is written before the mail server is spoken to, so that whatever happens then
    nothing is sent twice; `unsure` is what was left there.
    """

    READY = "ready", "To be sent"
    HANDING_OVER = "handing_over", "Being handed over"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Refused"
    UNSURE = "unsure", "Perhaps sent"


def new_code() -> str:
    """A name that nobody guesses."""
    return secrets.token_urlsafe(N_CODE_BYTES)


def new_message_id() -> str:
    """The part of a Message-ID before the host."""
    return uuid4().hex


def mailbox(address: str) -> str:
    """The address with its host as mail servers spell it: in whatever letters, the same mailbox."""
    local, at, host = address.rpartition("@")
    try:
        return f"{local}{at}{punycode(host).lower()}"
    except UnicodeError:
        return address  # which its validator refuses


def on_one_line(text: str) -> str:
    """The text with a space in place of each sign that begins a line, or shows and joins nothing.

    The joiners stay: Persian is not written without them.
    """
    return "".join(c if c.isprintable() or c in JOINERS else " " for c in text)


def refuse_odd_address(address: str) -> None:
    """Refuses what mail servers may take for more than one plain address, or for another one.

    Before the host only ASCII is taken: the long s is an `s` to Python, but not to a mail server.
    """
    local, _at, host = address.rpartition("@")
    if not (local.isascii() and address.isprintable()) or '"' in local or host.startswith("["):
        raise ValidationError(EmailValidator.message, code="invalid")


class Follower(models.Model):
    """Somebody who is written to: an address, as `mailbox` spells it, compared without its case.

    It goes when nothing is followed any more. `code`, signed, is what links in mails hold.
    """

    address = models.CharField(
        _("address"),
        max_length=N_ADDRESS_CHARACTERS,
        validators=[EmailValidator(allowlist=[]), refuse_odd_address],
    )
    folded = models.CharField(max_length=N_ADDRESS_CHARACTERS * 3, unique=True)
    language = models.CharField(_("language"), max_length=35)
    code = models.CharField(max_length=64, unique=True, default=new_code)
    n_refused = models.PositiveSmallIntegerField(_("refused running"), default=0)
    created_at = models.DateTimeField(_("created at"), default=clock.now)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(address__regex=r"^[^\s@\"<>,;]+@[^\s@\"<>,;\[\]]+$"),
                name="follower_address_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.address


class FollowingQuerySet(models.QuerySet["Following"]):
    def confirmed(self) -> "FollowingQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def due(self, day: date) -> "FollowingQuerySet":
        """What has not been looked through for as long as was asked for, in whole days."""
        asked = Q()
        for interval, n_days in DAYS.items():
            asked |= Q(interval=interval, looked_on__lte=day - timedelta(days=n_days))
        return self.confirmed().filter(asked)


class Following(models.Model):
    """A search that somebody follows, by the parameters of the list of statements.

    What became public up to the revision `told_up_to` was told, or was there before.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="followings")
    query = models.TextField(_("search"), blank=True)
    interval = models.CharField(_("how often"), max_length=20, choices=choices(Interval))
    note = models.CharField(_("note"), max_length=N_NOTE_CHARACTERS, blank=True)
    code = models.CharField(max_length=64, unique=True, default=new_code)
    created_at = models.DateTimeField(_("asked for at"), default=clock.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    told_up_to = models.BigIntegerField(_("told up to"), null=True, blank=True)
    looked_on = models.DateField(_("looked through on"), null=True, blank=True)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("followed search")
        verbose_name_plural = _("followed searches")
        default_permissions = ("view", "delete")
        indexes = [
            models.Index(
                fields=["looked_on", "id"],
                condition=Q(confirmed_at__isnull=False),
                name="following_due",
            ),
            models.Index(
                fields=["created_at"], condition=Q(confirmed_at=None), name="following_unconfirmed"
            ),
        ]
        constraints = [
            is_one_of("interval", Interval, table="following"),
            is_at_most("query", N_QUERY_CHARACTERS, table="following"),
            models.UniqueConstraint(fields=["follower", "query"], name="following_is_one"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, told_up_to=None, looked_on=None)
                | Q(confirmed_at__isnull=False, told_up_to__isnull=False, looked_on__isnull=False),
                name="following_confirmed_knows_from_where",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id}: {self.query}"


class Mail(models.Model):
    """A mail to be sent, being sent or sent: kept for some weeks, without its words.

    What it tells is set when it is handed over, of the statements that are still public then.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="mails")
    following = models.ForeignKey(Following, models.CASCADE, null=True, related_name="mails")
    kind = models.CharField(_("kind"), max_length=20, choices=choices(MailKind))
    state = models.CharField(
        _("state"), max_length=20, choices=choices(MailState), default=MailState.READY
    )
    statements = ArrayField(models.BigIntegerField(), default=list)
    n_found = models.PositiveIntegerField(_("statements"), default=0)
    message_id = models.CharField(max_length=64, unique=True, default=new_message_id)
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    attempt_at = models.DateTimeField(_("to be tried at"), default=clock.now)
    n_attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    moved_at = models.DateTimeField(_("moved on at"), default=clock.now)
    failure = models.CharField(_("failure"), max_length=N_FAILURE_CHARACTERS, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["attempt_at", "id"], condition=Q(state="ready"), name="mail_ready"
            ),
            models.Index(fields=["state", "moved_at"], name="mail_moved"),
        ]
        constraints = [
            is_one_of("kind", MailKind, table="mail"),
            is_one_of("state", MailState, table="mail"),
            models.CheckConstraint(
                condition=Q(kind="full", following=None)
                | (~Q(kind="full") & Q(following__isnull=False)),
                name="mail_is_about_a_search",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
