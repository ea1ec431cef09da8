"""Languages by name."""

from django.utils.translation import get_language_info


def language_name(tag: str) -> str:
    """The name of a language in the reader's own; the tag itself where Django knows none."""
    for known in (tag.lower(), tag.split("-")[0].lower()):
        try:
            return str(get_language_info(known)["name_translated"])
        except KeyError:
            continue
    return tag
