"""Reading the approved messages of a `.po` file that somebody else made, with polib."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from workflow import languages
from workflow.errors import MemoryFileError
from workflow.memory.tags import fitness
from workflow.memory.tmx_reading import Tally
from workflow.memory.unit import Details, Unit

_LINE = re.compile(r"\(line (\d+)\)")


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
    advice = "check it with msgfmt -c, or open it in Poedit and save it anew"
    try:
        path.read_bytes()  # polib takes the name of a missing file for the text of one
        return polib.pofile(str(path))
    except UnicodeDecodeError as error:
        raise MemoryFileError(
            f"is not {error.encoding}, as its header says", path=shown, advice="mend charset in its header"
        ) from error
    except LookupError as error:
        raise MemoryFileError(str(error), path=shown, advice="mend charset in its header") from error
    except OSError as error:
        if error.strerror:
            raise MemoryFileError(
                f"cannot be read: {error.strerror}", path=shown, advice="check that it exists and may be read"
            ) from error
        found = _LINE.search(str(error))
        raise MemoryFileError(
            "is no catalogue that gettext can read", path=shown, line=int(found[1]) if found else None, advice=advice
        ) from error
    except (ValueError, IndexError, AttributeError) as error:
        raise MemoryFileError(f"is no catalogue: {error}", path=shown, advice=advice) from error
