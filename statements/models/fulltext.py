"""The search vector: which dictionary a language has, and what weighs how much."""

# ISO 639-1 codes of the snowball dictionaries that PostgreSQL 15 and newer bring; any other
# language is searched word for word (`simple`).
DICTIONARIES = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
DEFAULT_DICTIONARY = "simple"


def dictionary_of(language: str) -> str:
    """Names the dictionary for a BCP 47 tag; `en-GB` is searched as `en`."""
    return DICTIONARIES.get(language.split("-")[0].lower(), DEFAULT_DICTIONARY)
