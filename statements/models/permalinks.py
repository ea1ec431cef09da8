"""The addresses of pages in each language, of which a list holds hundreds, and of their formats."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.translation import get_language

Asked = ParamSpec("Asked")
Told = TypeVar("Told")


def permalink(view: str, key: str) -> str:
    """The address of the page of a row: what `reverse` gives, a twentieth of its cost."""
    before, after = _around(view, get_language(), get_script_prefix())
    return f"{before}{key}{after}"


def address_of(view: str) -> str:
    """The address of a page that is the only one of its kind: what `reverse` gives."""
    return _alone(view, get_language(), get_script_prefix())


def language_of(path: str) -> str:
    """The language whose prefix a path begins with; the archive's own without one."""
    prefix = path.removeprefix("/").partition("/")[0]
    is_other = prefix != settings.LANGUAGE_CODE and prefix in dict(settings.LANGUAGES)
    return prefix if is_other else settings.LANGUAGE_CODE


def without_language(address: str) -> str:
    """The address of the same page in the archive's own language."""
    script = get_script_prefix()
    path = address.removeprefix(script)
    language = language_of(path)
    if not address.startswith(script) or language == settings.LANGUAGE_CODE:
        return address
    return f"{script}{path.removeprefix(language).removeprefix('/')}"


def in_format(page: str, suffix: str) -> str:
    """The address of what a page shows in a format, which is the same in every language."""
    return f"{without_language(page).rstrip('/')}.{suffix}"


def for_programs(tell: Callable[Asked, Told]) -> Callable[Asked, Told]:
    """Has what programs are told within a page told in the archive's own language."""

    @wraps(tell)
    def told(*asked: Asked.args, **named: Asked.kwargs) -> Told:
        with translation.override(settings.LANGUAGE_CODE):
            return tell(*asked, **named)

    return told


@lru_cache(maxsize=1000)
def _alone(view: str, language: str | None, prefix: str) -> str:
    """The address in a language and under a prefix of addresses."""
    return reverse(view)


@lru_cache(maxsize=1000)
def _around(view: str, language: str | None, prefix: str) -> tuple[str, str]:
    """What stands before and after the key, in a language and under a prefix of addresses."""
    before, _key, after = reverse(view, args=["key"]).rpartition("key")
    return before, after
