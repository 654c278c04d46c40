"""What CLDR and gettext know of a language, by way of Babel.

Folders of locales have POSIX names (`pt_BR`); addresses and `lang` are BCP 47 (`pt-BR`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from gettext import c2py

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.plurals import get_plural

from workflow.errors import ConfigError

_POSIX = re.compile(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?(?:_(?:[A-Z]{2}|[0-9]{3}))?(?:_[A-Z0-9]{4,8})?(?:@[a-z]+)?")


@lru_cache(maxsize=64)
def locale(name: str) -> Locale:
    """Babel's locale for a POSIX name; raises ConfigError for one that CLDR lacks or spells otherwise."""
    if _POSIX.fullmatch(name):
        try:
            return Locale.parse(name, sep="_")
        except (UnknownLocaleError, ValueError):
            pass
    raise ConfigError(f"unknown locale {name!r}", advice=f"write {_likely(name)}")


def _likely(name: str) -> str:
    """What was probably meant by a name that is none."""
    try:
        return str(Locale.parse(name.strip().replace("-", "_"), sep="_"))
    except (UnknownLocaleError, ValueError):
        return "the language's short name, such as sv, fi or pt_BR"


def tag(name: str) -> str:
    """The BCP 47 tag of a POSIX name: `pt_BR` → `pt-BR`."""
    return str(locale(name)).replace("_", "-")


def direction(name: str) -> str:
    """`ltr` or `rtl`."""
    return locale(name).text_direction


def display_name(name: str, in_language: str | None = None) -> str:
    """The language's name in itself (or in another): `svenska`."""
    return locale(name).get_display_name(locale(in_language or name)) or name


def plural_forms(name: str) -> str:
    """The value of gettext's `Plural-Forms` header."""
    return str(get_plural(locale(name)).plural_forms)


def long_date(day: date, name: str) -> str:
    """A date as readers of the language write it: `20 mars 2024`.

    Plain `en` is the world's English here, not one country's.
    """
    return format_date(day, format="long", locale=locale("en_001" if name == "en" else name))


def plural_rule(name: str) -> Callable[[int], int]:
    """The function that gives the index of the plural form for a number, as gettext has it."""
    return c2py(plural_expression(name))


def plural_expression(name: str) -> str:
    """The expression of gettext's `Plural-Forms`: `(n != 1)`."""
    return str(get_plural(locale(name)).plural_expr)


def own_name(name: str) -> str:
    """The language's name in itself as it stands at the start of a line: `Svenska`."""
    words = display_name(name)
    return words[:1].upper() + words[1:]


_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "đ": "d",
        "ł": "l",
        "Ł": "L",
        "þ": "th",
        "ð": "d",
        "œ": "oe",
        "Œ": "OE",
    }
)


LONGEST_ADDRESS = 80
"""Characters that the last part of an address has at most when a title is made into it."""


def ascii_words(text: str) -> str:
    """Small ASCII letters and digits of a text, its words joined by hyphens: `Tider & väg` → `tider-vag`.

    A text in another script keeps its own letters. A long text is cut at a word, for folders have its name.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    made = ""
    for word in re.findall(r"\w+", plain.replace("_", "-")):
        longer = f"{made}-{word}" if made else word[:LONGEST_ADDRESS]
        if len(longer) > LONGEST_ADDRESS:
            break
        made = longer
    return made
