"""What is kept of those who log in: what became of it, and how often they may still try."""

from django.db import models
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import LogInResult

from .fields import choices, is_one_of

N_USERNAME_CHARACTERS = 150
N_USER_AGENT_CHARACTERS = 300


class LogIn(models.Model):
    """One attempt to log in, or its end. The database lets nobody change a row.

    Names no account by its number: what was tried is kept as it was typed, and longer than
    accounts last.
    """

    at = models.DateTimeField(_("at"), default=clock.now)
    result = models.CharField(_("result"), max_length=30, choices=choices(LogInResult))
    username = models.CharField(_("username"), max_length=N_USERNAME_CHARACTERS)
    address = models.GenericIPAddressField(_("address"), null=True)
    user_agent = models.CharField(_("browser"), max_length=N_USER_AGENT_CHARACTERS, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("log-in")
        verbose_name_plural = _("log-ins")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-at", "-id"], name="log_in_newest"),
            models.Index(fields=["username", "address", "-at"], name="log_in_of"),
        ]
        constraints = [is_one_of("result", LogInResult, table="log_in")]

    def __str__(self) -> str:
        return f"{self.username}: {self.result}"


class Allowance(models.Model):
    """A token bucket: how many attempts are left, at the instant that it was last asked."""

    key = models.CharField(max_length=64, primary_key=True)
    n_left = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["at"], name="allowance_oldest")]

    def __str__(self) -> str:
        return self.key
