"""With the engine `pseudo` every word of the sample site that a reader can meet is translated, and nothing else is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from justhtml import JustHTML

from tests.segmentation import documents

HERE = Path(__file__).parent
URL = "https://site.example"
NAME = "Zite"
SETTINGS = f"""
[project]
name = "sample"

[tool.ordbro]
name = "{NAME}"
url = "{URL}"
locales = ["sv"]
publish_confidence = 0
"""
KEPT_TAGS = ("script", "style", "code", "pre", "kbd", "time", "svg")
"""Elements whose content is no text of an article or a template."""
LANGS = (None, "en", "sv")
"""What an element may say of its language; words of another one are marked so by the editor, and stay."""
READ_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
READ_META = ("description", "og:title", "og:description", "og:image:alt", "twitter:title", "twitter:description")
STATE_CLASSES = {"notice", "meta", "label"}
"""Elements that tell the state of a translation, or stand there to hold what does."""
LOCAL_ATTRIBUTES = ("href", "src", "lang", "dir", "hreflang", "content", "value", "style", "aria-current", "id")
"""Attributes that differ from language to language, or hold words."""
WORD = re.compile(r"[A-Za-z]{2,}")
"""A word that pseudo did not touch: it leaves no two plain letters side by side."""
EXEMPT = {NAME, "English", "Svenska", "Zyxwv", "Namnet", "beh", "lls"}
AUTHORS = re.compile("Elin Sandberg|Anna-Karin Åström|Per Nordlund|Xylia Quux")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The sample site and one more article, translated by pseudo and built."""
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(project / "source", root / "source")
    shutil.copytree(project / "templates", root / "templates")
    shutil.copy(HERE / "everything.md", root / "source" / "news" / "everything.md")
    for article in (root / "source").rglob("*.md"):
        text = article.read_text(encoding="utf-8")
        article.write_text(re.sub(r"^publish:.*\n", "", text, flags=re.M), encoding="utf-8")
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    for command in (["extract"], ["translate", "--engine", "pseudo"], ["build"]):
        done = subprocess.run(
            [sys.executable, "-m", "workflow", "--project", root, *command],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return root / "build" / "site"


def nodes(node: object, kept: bool = False) -> Iterator[tuple[object, bool]]:
    """All nodes of a tree in order, and whether they stand in something that is kept."""
    kept = kept or getattr(node, "name", "") in KEPT_TAGS or attributes(node).get("lang") not in LANGS
    yield node, kept
    for child in getattr(node, "children", None) or ():
        yield from nodes(child, kept)


def pages(site: Path, lang: str) -> list[Path]:
    """The articles' pages in a language."""
    return sorted(path for path in (site / lang).rglob("index.html"))


def tree(path: Path) -> object:
    """The tree that a browser makes of a page."""
    return JustHTML(path.read_text(encoding="utf-8"), sanitize=False).root


def attributes(node: object) -> dict[str, str]:
    """The attributes of an element; none of anything else."""
    return getattr(node, "attrs", None) or {}


def words(page: Path) -> Iterator[tuple[str, str]]:
    """All texts of a page that a reader can see or hear: (where, text)."""
    for node, kept in nodes(tree(page)):
        name, attrs = str(getattr(node, "name", "")), attributes(node)
        if name == "#text" and not kept:
            yield "text", str(getattr(node, "data", ""))
        yield from ((each, attrs[each]) for each in READ_ATTRIBUTES if attrs.get(each))
        if name == "input" and attrs.get("type") == "submit":
            yield "value", attrs["value"]
        if name == "meta" and attrs.get("name", attrs.get("property")) in READ_META:
            yield "meta", attrs["content"]
        if name == "script" and attrs.get("type") == "application/ld+json":
            data = json.loads(documents.script_text(node))
            yield from (("JSON-LD", data[key]) for key in ("name", "headline", "description") if key in data)


def untouched(text: str) -> list[str]:
    """The words in a text that pseudo did not translate, without those that are exempt."""
    text = AUTHORS.sub(" ", text)
    text = re.sub(r"https?://\S+|\S+@\S+|\{\{.*?\}\}|\{%.*?%\}", " ", text)
    return [word for word in WORD.findall(text) if word not in EXEMPT]


def english_page(site: Path, page: Path) -> Path:
    """The English page of a Swedish one."""
    for node, _ in nodes(tree(page)):
        attrs = attributes(node)
        if attrs.get("rel") == "alternate" and attrs.get("hreflang") == "en":
            return site / unquote(urlsplit(attrs["href"]).path).strip("/") / "index.html"
    raise AssertionError(page)


def skeleton(page: Path) -> list[tuple[str, ...]]:
    """The elements of a page with their attributes, without what only tells the state of a translation."""
    return list(_elements(tree(page)))


def _elements(node: object) -> Iterator[tuple[str, ...]]:
    name, attrs = str(getattr(node, "name", "")), attributes(node)
    if not STATE_CLASSES.isdisjoint(attrs.get("class", "").split()):
        return
    mark = name == "span" and attrs and attrs.keys() <= {"lang", "data-state"}
    if not name.startswith(("#", "!")) and not mark:
        yield (name, *sorted(f"{key}={value}" for key, value in attrs.items() if _is_structure(key)))
    for child in getattr(node, "children", None) or ():
        yield from _elements(child)


def _is_structure(key: str) -> bool:
    return key not in LOCAL_ATTRIBUTES and key not in READ_ATTRIBUTES and not key.startswith("data-")


def test_every_word_is_translated(site: Path) -> None:
    """Text, descriptions, hints, labels, title, meta and JSON-LD of every Swedish page come from a catalogue."""
    found = [
        f"{page.relative_to(site)}: {where}: {text.strip()}"
        for page in pages(site, "sv")
        for where, text in words(page)
        if untouched(text)
    ]
    assert pages(site, "sv")
    assert not found, "\n".join(found)


def test_nothing_else_is_translated(site: Path) -> None:
    """Code, scripts and blocks that are kept are on the Swedish page what they are on the English one."""
    for page in pages(site, "sv"):
        here, there = (
            [
                documents.script_text(node)
                for node, _ in nodes(tree(each))
                if getattr(node, "name", "") in ("code", "pre", "style")
                or (getattr(node, "name", "") == "script" and not attributes(node))
            ]
            for each in (page, english_page(site, page))
        )
        assert here == there
    kept = next(page for page in pages(site, "sv") if "Zyxwv" in page.read_text(encoding="utf-8"))
    assert 'lang="en">Namnet Zyxwv behålls.</p>' in kept.read_text(encoding="utf-8")
    assert '<p lang="en" title="Zyxwv">Zyxwv</p>' in kept.read_text(encoding="utf-8")


def test_the_skeletons_are_the_same(site: Path) -> None:
    """A Swedish page has the elements and attributes of its English page in the same order."""
    assert len(pages(site, "sv")) == len(pages(site, "en"))
    for page in pages(site, "sv"):
        assert skeleton(page) == skeleton(english_page(site, page))


def test_the_feed_is_translated(site: Path) -> None:
    """Titles and summaries of the Swedish feed come from the catalogues."""
    for feed in (site / "sv").rglob("feed.xml"):
        text = feed.read_text(encoding="utf-8")
        entries = re.findall(r"<(title|summary)[^>]*>(.*?)</\1>", text, re.S)
        assert entries
        assert [each for _, each in entries if untouched(each)] == []
