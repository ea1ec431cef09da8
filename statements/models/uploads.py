"""Files to import, kept until it is decided about them; and what each line of them would do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import Term

from .fields import choices, is_one_of


class UploadState(Term):
    """How far an upload is; it is worked on where it is being read or imported."""

    READING = "reading", "Being read"
    SHOWN = "shown", "To be confirmed"
    APPLYING = "applying", "Being imported"
    APPLIED = "applied", "Imported"
    FAILED = "failed", "Failed"


class LineFate(Term):
    """What becomes of a line."""

    CREATED = "created", "Created"
    UPDATED = "updated", "Changed"
    UNCHANGED = "unchanged", "Unchanged"
    REFUSED = "refused", "Refused"


WORKED_ON = (UploadState.READING, UploadState.APPLYING)


class Upload(models.Model):
    """A file that was handed in, and how its import goes.

    The counts, and `digest` over all that the lines would do, are those of the last preview; what
    is imported is compared with them. The file's content goes when it has been imported.
    """

    name = models.CharField(_("file"), max_length=200)
    n_bytes = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now)
    state = models.CharField(
        _("state"), max_length=20, choices=choices(UploadState), default=UploadState.READING
    )
    stage = models.CharField(_("stage"), max_length=20, blank=True)
    n_done = models.PositiveIntegerField(_("done"), default=0)
    moved_at = models.DateTimeField(_("moved on at"), default=clock.now)
    n_created = models.PositiveIntegerField(_("created"), default=0)
    n_updated = models.PositiveIntegerField(_("changed"), default=0)
    n_unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    n_refused = models.PositiveIntegerField(_("refused"), default=0)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    is_shown_anew = models.BooleanField(
        _("shown anew"),
        default=False,
        help_text=_("The archive had changed since the preview that was confirmed."),
    )
    failure = models.TextField(_("failure"), blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    applied_at = models.DateTimeField(_("imported at"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            is_one_of("state", UploadState, table="upload"),
            models.CheckConstraint(
                condition=Q(state=UploadState.APPLIED, applied_at__isnull=False)
                | (~Q(state=UploadState.APPLIED) & Q(applied_at=None)),
                name="upload_applied_says_when",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="upload_sha256")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_worked_on(self) -> bool:
        return self.state in WORKED_ON

    @property
    def n_changes(self) -> int:
        """How many objects it would create or change."""
        return self.n_created + self.n_updated

    @property
    def n_objects(self) -> int:
        """How many objects the last preview found, for an import to count towards."""
        return self.n_changes + self.n_unchanged if self.state == UploadState.APPLYING else 0


class UploadPart(models.Model):
    """A piece of an uploaded file, so that no query carries the whole of it."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["upload", "position"], name="upload_part_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.position}"


class UploadLine(models.Model):
    """What a line of an upload would do, or has done.

    `details` are triples of a field, what it holds and what it would hold, of what is changed; of
    what is refused they are pairs of a field, or column, and a reason.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField(_("line"))
    fate = models.CharField(_("outcome"), max_length=20, choices=choices(LineFate))
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    key = models.CharField(_("key"), max_length=250, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=list)

    class Meta:
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            is_one_of("fate", LineFate, table="upload_line"),
            models.UniqueConstraint(fields=["upload", "position"], name="upload_line_is_one"),
        ]
        indexes = [models.Index(fields=["upload", "fate", "position"], name="upload_line_by_fate")]

    def __str__(self) -> str:
        return f"{self.number}: {self.key}"
