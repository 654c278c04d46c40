"""What the last extraction saw, so that the next one can leave alone what did not change.

Kept in `build/`, by content: the same files give the same answer on every machine. When it is
missing or broken, everything is simply done anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import babel
import jinja2
import markdown_it
import mdit_py_plugins
import yaml

from workflow.config import Project
from workflow.files import write_atomic

_TYPES = (str, str, str, int, str, dict, list)


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as it was when its catalogues were last brought up to date."""

    source: str
    """Digest of the article's file."""
    slug: str
    """The last part of its address."""
    address: str
    """The address of its page that its `.pot` names."""
    messages: int = 0
    """How many messages its template has."""
    pot: str = ""
    """Digest of its `.pot`."""
    catalogues: dict[str, str] = field(default_factory=dict)
    """Locale → digest of its `.po`."""
    leftovers: list[str] = field(default_factory=list)
    """Locales whose `.po` has obsolete messages."""


def digest(data: bytes) -> str:
    """A fingerprint of a file's content."""
    return sha256(data).hexdigest()[:24]


def file_digest(path: str) -> str:
    """The fingerprint of a file, empty when it is missing or unreadable."""
    try:
        with open(path, "rb", 0) as file:  # noqa: PTH123 (thousands of files: every microsecond counts)
            return digest(file.read())
    except OSError:
        return ""


def load_seen(project: Project) -> dict[str, Seen]:
    """What the last extraction of this project with these settings saw, by article's path."""
    try:
        found = json.loads(_file(project).read_bytes())
        if found["settings"] != _settings(project):
            return {}
        return {path: _sound(*each) for path, each in found["articles"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _sound(*values: Any) -> Seen:
    """What was kept of an article; raises ValueError or TypeError when it cannot have been written by `save_seen`."""
    if not all(map(isinstance, values, _TYPES)):
        raise ValueError(values)
    return Seen(*values)


def save_seen(project: Project, seen: Mapping[str, Seen]) -> None:
    """Keep what an extraction saw."""
    articles = {
        path: (each.source, each.slug, each.address, each.messages, each.pot, each.catalogues, each.leftovers)
        for path, each in seen.items()
    }
    data = json.dumps({"settings": _settings(project), "articles": articles}, ensure_ascii=False)
    write_atomic(_file(project), data.encode(), durable=False)


def _file(project: Project) -> Path:
    return project.build / "cache" / "extraction.json"


def _settings(project: Project) -> list[Any]:
    """What besides the files decides how catalogues come out."""
    locales = [each.name for each in project.locales]
    tools = [markdown_it.__version__, mdit_py_plugins.__version__, yaml.__version__, babel.__version__]
    tools += [jinja2.__version__, sys.version]
    return [_code(), tools, project.name, project.url, project.source, locales, list(project.translate_keys)]


def _code() -> str:
    """A fingerprint of the modules that make catalogues: another version of them must not trust the old result."""
    folder = Path(__file__).resolve().parent.parent
    stamps = [
        (path.name, path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted((*folder.glob("*.py"), *folder.glob("catalogue/*.py"), *folder.glob("extraction/*.py")))
    ]
    return digest(repr(stamps).encode())
