"""Addresses of the web that a reader may be sent to."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _


def refuse_credentials(address: str) -> None:
    """Refuses an address that carries a user name or password."""
    if "@" in urlsplit(address).netloc:
        raise ValidationError(_("The address must not carry a user name or password."))


if TYPE_CHECKING:  # Django's fields cannot be subscripted when the program runs
    _AddressColumn = models.URLField[str | Combinable, str]
else:
    _AddressColumn = models.URLField


class WebAddressField(_AddressColumn):
    """An http or https address without credentials."""

    default_validators = [URLValidator(schemes=["http", "https"]), refuse_credentials]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        super().__init__(*args, **kwargs)

    @staticmethod
    def constraint(field: str, *, table: str) -> models.CheckConstraint:
        """Keeps script and file addresses out of the database, whoever writes them."""
        is_web = models.Q(**{f"{field}__iregex": r"^https?://[^/?#@\s]+([/?#]|$)"})
        return models.CheckConstraint(
            condition=models.Q(**{field: ""}) | is_web, name=f"{table}_{field}_is_of_the_web"
        )
