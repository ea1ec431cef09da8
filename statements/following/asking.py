"""What followers decide: to follow a search, how often to be written to, and to be forgotten.

Nobody is written news to before a mail to that address was answered (double opt-in), and nobody
learns from the archive whether an address follows anything: a mail goes out in any case.
"""

from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from statements.models import Follower, Following, Mail, current_revision
from statements.models.following import Interval, MailKind, mailbox

N_SEARCHES = 20  # that one address may follow or have asked for
CONFIRMED_WITHIN = timedelta(days=3)


def today() -> date:
    return datetime.now(UTC).date()


@transaction.atomic
def ask(*, address: str, query: str, interval: Interval, note: str, language: str) -> Mail:
    """Has a mail sent that asks an address whether it wants to follow a search.

    Where it does already, the mail says so and changes nothing; where it follows as many searches
    as one may, it says that. Raises ValidationError for what is no address.
    """
    follower = _follower(address, language)
    following = follower.followings.filter(query=query).first()
    if following is None:
        if follower.followings.count() >= N_SEARCHES:
            return Mail.objects.create(follower=follower, kind=MailKind.FULL)
        following = Following(follower=follower, query=query)
    elif following.confirmed_at:
        return _mail(following, MailKind.KNOWN)
    # Asked for anew: the days to answer in begin again, and the last wish counts.
    following.interval, following.note, following.created_at = interval, note, timezone.now()
    following.full_clean(exclude=["follower"])
    following.save()
    return _mail(following, MailKind.CONFIRMATION)


def _follower(address: str, language: str) -> Follower:
    """The row of an address, locked, so that two who ask at once count one after the other."""
    address = mailbox(address)
    folded = address.casefold()
    new = Follower(address=address, folded=folded, language=language)
    new.full_clean(validate_unique=False)
    Follower.objects.bulk_create([new], ignore_conflicts=True)
    return Follower.objects.select_for_update().get(folded=folded)


def _mail(following: Following, kind: MailKind) -> Mail:
    return Mail.objects.create(follower_id=following.follower_id, following=following, kind=kind)


def is_current(following: Following) -> bool:
    """Whether an unconfirmed following may still be confirmed."""
    return following.created_at > timezone.now() - CONFIRMED_WITHIN


@transaction.atomic
def confirm(*, following: Following) -> bool:
    """Begins to follow a search, from what is public now on. False when it is too late."""
    kept = Following.objects.select_for_update().filter(pk=following.pk).first()
    if kept is None or not (kept.confirmed_at or is_current(kept)):
        return False
    if not kept.confirmed_at:
        kept.confirmed_at = timezone.now()
        kept.told_up_to, kept.looked_on = current_revision().number, today()
        kept.save()
    return True


def change(*, following: Following, interval: Interval, note: str) -> Following:
    """Sets how often a follower is written to, and the note."""
    following.interval, following.note = interval, note
    following.full_clean(exclude=["follower"])
    following.save(update_fields=["interval", "note"])
    return following


@transaction.atomic
def end(*, following: Following) -> None:
    """Ends one search; with the last one the address goes too."""
    follower = Follower.objects.select_for_update().filter(pk=following.follower_id).first()
    Following.objects.filter(pk=following.pk).delete()
    if follower and not follower.followings.exists():
        follower.delete()


def end_all(*, follower: Follower) -> None:
    """Forgets an address and all that it follows."""
    Follower.objects.filter(pk=follower.pk).delete()


@transaction.atomic
def forget_unconfirmed() -> int:
    """Deletes what nobody confirmed in time, and addresses that follow nothing; tells how many."""
    before = timezone.now() - CONFIRMED_WITHIN
    late = Following.objects.filter(confirmed_at=None, created_at__lt=before)
    followers = list(
        Follower.objects.select_for_update(skip_locked=True)
        .filter(followings__in=late)
        .order_by("pk")
    )
    n_forgotten = late.filter(follower__in=followers).delete()[1].get("statements.Following", 0)
    Follower.objects.filter(
        pk__in=[follower.pk for follower in followers], followings=None
    ).delete()
    return n_forgotten
