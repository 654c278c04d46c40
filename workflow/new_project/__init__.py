"""A new project: settings, two sample articles, the page templates and what is known of their translations."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from workflow.config import DEFAULT_CONFIDENCE
from workflow.errors import ConfigError
from workflow.files import cannot_write, write_atomic
from workflow.git import ATTRIBUTES

_HERE = Path(__file__).resolve().parent
_PACKAGE = _HERE.parent
SOURCE = "en"
"""The language of a new project's articles."""
_TITLE = re.compile(r'^"Project-Id-Version: .*"$', re.M)

SETTINGS = """[tool.ordbro]
name = {name}
url = ""                              # the site's address, such as "https://example.org"
source = "en"
locales = {locales}
publish = ["reviewed", "machine"]     # what readers see; leave "machine" out to show reviewed texts only
publish_confidence = {confidence}              # machine drafts below this are held back; 0 shows every one
"""


def templates_folder() -> Path:
    """Where the page templates are that come with Ordbro: in the installed package, or in the repository."""
    installed = _PACKAGE / "_templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def interface_folder() -> Path:
    """Where the translations of the templates' strings are that come with Ordbro, a folder for each locale."""
    installed = _PACKAGE / "_locales"
    return installed if installed.is_dir() else _PACKAGE.parent / "locales"


def create(folder: Path, name: str, locales: Iterable[str]) -> None:
    """Make a project in a folder that is new or empty; raises ConfigError or OutputError."""
    if folder.is_dir() and any(each.name != ".git" for each in folder.iterdir()):
        raise ConfigError("the folder is not empty", path=folder, advice="choose a new folder for the project")
    chosen = list(dict.fromkeys(locales))
    if SOURCE in chosen:
        raise ConfigError(
            f"{SOURCE!r} is the language the articles are written in", advice="name the others with --locale"
        )
    settings = SETTINGS.format(
        name=json.dumps(name, ensure_ascii=False), locales=json.dumps(chosen), confidence=DEFAULT_CONFIDENCE
    )
    write_atomic(folder / "pyproject.toml", settings.encode())
    write_atomic(folder / ".gitignore", b"build/\n.*.new\n")
    write_atomic(folder / ".gitattributes", ATTRIBUTES.encode())
    try:
        shutil.copytree(_HERE / "source", folder / "source")
        shutil.copytree(templates_folder(), folder / "templates")
    except OSError as error:
        raise cannot_write(folder, error) from error
    for locale in chosen:
        known = interface_folder() / locale / "LC_MESSAGES" / "ui.po"
        if known.is_file():
            text = _TITLE.sub(lambda _: f'"Project-Id-Version: {_quoted(name)}\\n"', known.read_text(encoding="utf-8"))
            write_atomic(folder / "locales" / locale / "LC_MESSAGES" / "ui.po", text.encode())


def _quoted(text: str) -> str:
    """A text as it stands between the quotation marks of a catalogue."""
    return " ".join(text.split()).replace("\\", r"\\").replace('"', r"\"")
