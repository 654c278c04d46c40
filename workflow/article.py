"""Reading: a Markdown file becomes an Article (front matter and body)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from workflow.config import Project, publishable
from workflow.errors import ArticleError, OrdbroError
from workflow.files import read_text
from workflow.front_matter import read_front_matter, unclosed
from workflow.message import State

_FENCE = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_OPENING = re.compile(r"---[ \t]*\n[ \t]*[\w-]+[ \t]*:")
_SLUG_LINE = re.compile(r"^slug:[ \t]+(\S+)[ \t]*$", re.M)
_SLUG = re.compile(r"(?!\.+$)[^\s/\\?#%\"<>]+")


@dataclass(frozen=True, slots=True)
class FrontText:
    """A translatable value of the front matter."""

    key: str
    """Its path, numbers for places in lists: `title`, `tags.0`, `hero.text`."""
    value: str
    """The text."""
    line: int
    """Its line in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its editor wrote it."""

    path: str
    """Below `source/`, with `/`: `news/x.md`."""
    shown: str
    """How messages name the file: `source/news/x.md`."""
    meta: dict[str, Any]
    """The front matter."""
    texts: tuple[FrontText, ...]
    """Its values for translators, in order."""
    body: str
    """The Markdown below the front matter."""
    body_line: int
    """The line of the file on which the body begins, from 1."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of the file on which each key of the front matter stands, from 1."""

    @property
    def title(self) -> str:
        """The article's title."""
        return str(self.meta["title"])

    @property
    def name(self) -> str:
        """Its path without the ending: `news/x`."""
        return str(PurePosixPath(self.path).with_suffix(""))

    @property
    def is_index(self) -> bool:
        """Whether it introduces its folder."""
        return PurePosixPath(self.path).name == "index.md"

    @property
    def slug(self) -> str:
        """The last part of its address in the source language; empty for the site's front page."""
        own = self.meta.get("slug")
        name = PurePosixPath(self.name)
        return str(own) if own else (name.parent.name if self.is_index else name.name)

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return _day(self.meta.get("date"))

    @property
    def updated(self) -> date | None:
        """The day of the last change worth telling."""
        return _day(self.meta.get("updated"))

    @property
    def translatable(self) -> bool:
        """False when the front matter says `translate: false`."""
        return self.meta.get("translate", True) is not False

    @property
    def publish(self) -> tuple[State, ...] | None:
        """The states that residents see of this article, where it says so itself."""
        names = self.meta.get("publish")
        return None if names is None else tuple(State(name) for name in names)


def article_paths(project: Project) -> list[str]:
    """The paths of all articles below `source/`, in order; what is hidden is left out."""
    top, found = str(project.articles), list[str]()
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = folder[len(top) + 1 :].replace(os.sep, "/")
        found += [
            f"{below}/{name}" if below else name for name in files if name.endswith(".md") and not name.startswith(".")
        ]
    return sorted(found)


def find_articles(project: Project) -> list[Path]:
    """The files of all articles, in order of their paths."""
    return [project.articles / path for path in article_paths(project)]


def read_article(project: Project, path: Path) -> Article:
    """Read one file; raises ArticleError with the line at fault."""
    shown = project.shown(path)
    return parse_article(
        read_text(path, shown), path.relative_to(project.articles).as_posix(), shown, project.translate_keys
    )


def parse_article(text: str, path: str, shown: str, translate_keys: tuple[str, ...]) -> Article:
    """The article in `text`; raises ArticleError when its front matter is no YAML, or lacks or garbles a value."""
    if path == "ui.md":
        raise ArticleError("the name is taken by the strings of the templates", path=shown, advice="call it otherwise")
    fence = _FENCE.match(text)
    source = fence[1] if fence else ""
    if fence is None and _OPENING.match(text):
        raise unclosed(text, shown)
    meta, node = read_front_matter(source, shown)
    title = meta.get("title")
    if title is not None and not isinstance(title, str):
        raise ArticleError(
            f"title: {title!r} is no text", path=shown, line=_line_of(node, "title"), advice="put it in quotation marks"
        )
    if not (title or "").strip():
        raise ArticleError(
            "has no title", path=shown, line=1, advice="begin the file with a line ---, a line title: …, and a line ---"
        )
    lines = {str(key.value): key.start_mark.line + 2 for key, _ in node.value} if node else {}
    _check_values(meta, lines, shown)
    texts = tuple(FrontText(*each) for each in _texts(node, translate_keys)) if node else ()
    end = fence.end() if fence else 0
    return Article(path, shown, meta, texts, text[end:], text.count("\n", 0, end) + 1, lines)


def slug_in(text: str, path: str) -> str:
    """The slug that an article will have, found without reading its front matter in earnest.

    `path` is its place below `source/`.
    """
    fence = _FENCE.match(text)
    own = _SLUG_LINE.search(fence[1]) if fence else None
    name = PurePosixPath(path).with_suffix("")
    usual = name.parent.name if name.name == "index" else name.name
    return own[1].strip("\"'") if own else usual


def _line_of(node: yaml.MappingNode | None, key: str) -> int:
    """The line of the file on which a key of the front matter stands, from 1."""
    return next((each.start_mark.line + 2 for each, _ in node.value if each.value == key), 1) if node else 1


def _check_values(meta: dict[str, Any], lines: dict[str, int], shown: str) -> None:
    for key in ("date", "updated"):
        if meta.get(key) is not None and _day(meta[key]) is None:
            raise ArticleError(
                f"{key}: {meta[key]!r} is no date", path=shown, line=lines.get(key), advice="write it as 2024-03-20"
            )
    for key, kind, what in (
        ("description", str, "text"),
        ("image", str, "text"),
        ("translate", bool, "true or false"),
        ("draft", bool, "true or false"),
        ("tags", list, "a list"),
        ("authors", list, "a list"),
        ("weight", (int, float), "a number"),
    ):
        if meta.get(key) is not None and not isinstance(meta[key], kind):
            raise ArticleError(
                f"{key}: {meta[key]!r} should be {what}", path=shown, line=lines.get(key), advice="mend the line"
            )
    if meta.get("slug") is not None and not _SLUG.fullmatch(str(meta["slug"])):
        raise ArticleError(
            f"slug: {meta['slug']!r} cannot be part of an address",
            path=shown,
            line=lines.get("slug"),
            advice="use letters, digits and hyphens",
        )
    if meta.get("publish") is not None:
        try:
            publishable(meta["publish"], shown, lines.get("publish"))
        except OrdbroError as error:
            raise ArticleError(error.problem, path=shown, line=error.line, advice=error.advice) from error


def _texts(node: yaml.MappingNode, wanted: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
    seen = set[int]()
    for key, value in node.value:
        yield from _node_texts(str(key.value), value, wanted, seen)


def _node_texts(path: str, node: yaml.Node, wanted: tuple[str, ...], seen: set[int]) -> Iterator[tuple[str, str, int]]:
    """The texts at or below a node whose path, without places in lists, is wanted or lies below a wanted one.

    A list or mapping that an alias repeats is walked once: aliases may name each other in circles.
    """
    if isinstance(node, yaml.ScalarNode):
        name = re.sub(r"\.\d+(?=\.|$)", "", path)
        chosen = any(name == each or name.startswith(each + ".") for each in wanted)
        if chosen and node.tag.endswith(":str") and any(char.isalnum() for char in node.value):
            yield path, str(node.value).strip(), node.start_mark.line + 2
    elif id(node) not in seen:
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            for place, each in enumerate(node.value):
                yield from _node_texts(f"{path}.{place}", each, wanted, seen)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield from _node_texts(f"{path}.{key.value}", value, wanted, seen)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
