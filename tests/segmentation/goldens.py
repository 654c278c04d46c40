"""Reads the golden files: title, dot, input, dot, expected, dot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
HTML = "==="
"""Parts the expected messages from the expected HTML."""
_CASE = re.compile(r"^(?P<title>\S[^\n]*)\n\.\n(?P<source>.*?)^\.\n(?P<expected>.*?)^\.\n", re.S | re.M)


@dataclass(frozen=True)
class Case:
    """One case of a golden file."""

    title: str
    """What it is about."""
    source: str
    """The article, or its body where it has no front matter; written with ␉ for tab, ␍ for carriage return."""
    messages: tuple[str, ...]
    """A line for each: `line kind: msgid`, line ends in it as ⏎, notes to translators behind ` # `."""
    html: str
    """The body of the source page, empty where the case says nothing of it."""


def read_cases(path: Path) -> list[Case]:
    """The cases of one file."""
    text = path.read_text(encoding="utf-8")
    return [_case(found["title"], found["source"], found["expected"]) for found in _CASE.finditer(text)]


def read_examples(path: Path) -> list[tuple[str, str]]:
    """The examples of a markdown-it fixture file, whose titles may be empty: (Markdown, HTML)."""
    parts = re.split(r"^\.\n", path.read_text(encoding="utf-8"), flags=re.M)
    return list(zip(parts[1::3], parts[2::3], strict=True))


def all_cases() -> dict[str, Case]:
    """The cases of all files by file and title."""
    return {f"{path.stem}: {case.title}": case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)}


def _case(title: str, source: str, expected: str) -> Case:
    messages, _, html = expected.partition(f"{HTML}\n")
    return Case(title, _controls(source), tuple(messages.splitlines()), _controls(html))


def _controls(text: str) -> str:
    return text.replace("␉", "\t").replace("␍", "\r").replace("␠", " ")
