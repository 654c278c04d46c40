"""Reading the approved messages of a `.po` file that somebody else made, with polib."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polib

from workflow import languages
from workflow.catalogue.po import read
from workflow.errors import CatalogueError, MemoryFileError
from workflow.memory.tags import fitness
from workflow.memory.tmx_reading import Tally
from workflow.memory.unit import Details, Unit


def read_gettext(path: Path, shown: str, target: str, tally: Tally) -> Iterator[Unit]:
    """The translated messages of a file that are not fuzzy, in its order; of a plural both forms.

    `target` is the locale's POSIX name. Raises MemoryFileError, also when the file says it is in another language.
    """
    file = _parse(path, shown)
    language = file.metadata.get("Language", "")
    tally.languages[language] += 1
    if language and not fitness(language, target):
        raise MemoryFileError(
            f"says that its language is {language!r}, and not {target!r}",
            path=shown,
            advice="choose the right one with --locale, or mend the line Language of its header",
        )
    for entry in file:
        made = list(_units(entry, target)) if entry.translated() else []
        tally.units += len(made)
        tally.skipped += not made
        yield from made


def _units(entry: polib.POEntry, target: str) -> Iterator[Unit]:
    props = (("x-context", entry.msgctxt),) if entry.msgctxt else ()
    details = Details((entry.tcomment,) if entry.tcomment else (), props)
    if not entry.msgid_plural:
        yield Unit(entry.msgid, entry.msgstr, details=details)
        return
    forms = [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
    yield Unit(entry.msgid, singular(forms, target), details=details)
    yield Unit(entry.msgid_plural, forms[-1], details=details)


def singular(forms: list[str] | tuple[str, ...], locale: str) -> str:
    """The plural form that a language uses for one thing; `forms` as gettext numbers them, at least one."""
    return forms[min(languages.plural_rule(locale)(1), len(forms) - 1)]


def _parse(path: Path, shown: str) -> polib.POFile:
    """What polib makes of a file; it passes over what it does not understand, so gettext's grammar is asked first."""
    try:
        read(path, shown)
        return polib.pofile(str(path))
    except CatalogueError as error:
        raise MemoryFileError(error.problem, path=shown, line=error.line, advice=error.advice) from error
    except (OSError, ValueError, LookupError, AttributeError) as error:
        raise MemoryFileError(
            f"is no catalogue that polib can read: {error}", path=shown, advice="open it in Poedit and save it anew"
        ) from error
