"""A small project whose articles, translations and settings a test changes, and what its files then say."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.catalogue.po import Catalogue, read
from workflow.config import load_project
from workflow.extraction import Extracted, extract
from workflow.message import Message, State

SETTINGS = """[tool.ordbro]
name = "Norr"
url = "https://norr.example"
source = "en"
locales = ["sv", "ar"]
"""
TEMPLATE = """<p>{{ _("Skip to the text") }}</p>
{# translators: How many articles a list has. #}
{% trans count=articles|length %}One article{% pluralize %}{{ count }} articles{% endtrans %}
{{ pgettext("menu", "Close") }}
"""
VISIT = "Visits are allowed between two and seven in the evening."
BESOK = "Besök är tillåtna mellan klockan två och sju på kvällen."
PHONE = "Call the ward before you come, and tell them your name."
RING = "Ring avdelningen innan du kommer och säg vad du heter."

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Site:
    """A project in a folder of its own."""

    root: Path
    """Its folder."""

    def article(self, name: str, *paragraphs: str, title: str | None = None, front: str = "") -> Path:
        """Write an article of these paragraphs."""
        path = self.root / "source" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\ntitle: {title or f'The page {name}'}\n{front}---\n\n"
        path.write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
        return path

    def settings(self, old: str, new: str) -> None:
        """Change a piece of the settings."""
        file = self.root / "pyproject.toml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def extract(self, write: bool = True, progress: Callable[[int], object] = lambda _done: None) -> Extracted:
        """Extract, as the command does."""
        return extract(load_project(self.root), write, progress)

    def changed(self, write: bool = True) -> list[str]:
        """Extract without findings, and tell which files were written or would be."""
        result = self.extract(write)
        assert result.findings == []
        return sorted(path.relative_to(self.root / "locales").as_posix() for path in result.changed)

    def pot(self, name: str) -> Path:
        """The template of an article."""
        return self.root / "locales" / "templates" / f"{name}.pot"

    def po(self, name: str, locale: str = "sv") -> Path:
        """The catalogue of an article."""
        return self.root / "locales" / locale / "LC_MESSAGES" / f"{name}.po"

    def catalogue(self, name: str, locale: str = "sv") -> Catalogue:
        """What the catalogue of an article says."""
        path = self.po(name, locale)
        return read(path, path.name)

    def message(self, name: str, msgid: str) -> Message | None:
        """A message of a Swedish catalogue, live or obsolete."""
        return self.catalogue(name).get((None, msgid))

    def translate(self, name: str, msgid: str, msgstr: str) -> None:
        """Translate a text into Swedish, as a person does."""
        catalogue = self.catalogue(name)
        number = catalogue.index[None, msgid]
        changed = catalogue.replace({number: replace(catalogue.messages[number], msgstr=msgstr)})
        self.po(name).write_bytes(changed.to_bytes())

    def reviewed(self, name: str, msgid: str) -> str:
        """The reviewed translation of a live text, empty if it has none."""
        found = self.message(name, msgid)
        return found.msgstr if found and not found.obsolete and found.state is State.REVIEWED else ""

    def kept(self, name: str, msgid: str) -> str:
        """The translation of an obsolete text, empty if it has none."""
        found = self.message(name, msgid)
        return found.msgstr if found and found.obsolete else ""

    def stamps(self, folder: str = "") -> dict[str, Stamp]:
        """All files below a folder, each with what becomes another when it is written."""
        files = sorted(path for path in (self.root / folder).rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): _stamp(path) for path in files}

    def contents(self) -> dict[str, bytes]:
        """The bytes of all catalogues and templates."""
        files = sorted(path for path in (self.root / "locales").rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def new_site(folder: Path) -> Site:
    """A project without articles, with one page template."""
    (folder / "source").mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "templates" / "base.html").write_text(TEMPLATE, encoding="utf-8")
    return Site(folder)


def accepted(path: Path) -> bool:
    """Whether gettext accepts a catalogue."""
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
    return done.returncode == 0
