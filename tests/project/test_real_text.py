"""A press article, with nothing done to it but a title in front, becomes a Swedish page of drafts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest

from tests.cli.commands import program

TEXT = (Path(__file__).parent / "press-article.txt").read_text(encoding="utf-8")
TITLE = "Five hospitals will share their scans"


class Blocks(HTMLParser):
    """The texts of the headings and paragraphs in `<div class="content">`, in order, with their languages."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open, self._inside, self._text, self._lang = 0, 0, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a block begins."""
        values = dict(attrs)
        if tag == "div":
            self._open += 1
            if values.get("class") == "content":
                self._inside = self._open
        elif self._inside and tag in ("p", "h1", "h2", "h3"):
            self._text, self._lang = "", values.get("lang") or ""
        elif self._inside and values.get("lang"):
            self._lang = values["lang"] or ""

    def handle_data(self, data: str) -> None:
        """Collect a block's text."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Note a finished block."""
        if self._inside and tag in ("p", "h1", "h2", "h3"):
            self.found.append((" ".join(self._text.split()), self._lang))
        if tag == "div":
            self._inside = 0 if self._open == self._inside else self._inside
            self._open -= 1


def source_blocks() -> list[tuple[int, str]]:
    """The blocks of the text with their lines in the article, whose front matter takes four lines."""
    found, line = [], 5
    for block in re.split(r"(\n{2,})", TEXT.rstrip("\n")):
        if block.strip():
            found.append((line, " ".join(block.removeprefix("## ").split())))
        line += block.count("\n")
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project whose only article is the text, after one `ordbro run`."""
    folder = tmp_path_factory.mktemp("real")
    assert program("init", "site", cwd=folder).status == 0
    project = folder / "site"
    for old in (project / "source").rglob("*.md"):
        old.unlink()
    article = f"---\ntitle: {TITLE}\n---\n\n{TEXT}"
    (project / "source" / "article.md").write_text(article, encoding="utf-8")
    done = program("run", cwd=project)
    assert (done.status, done.lines) == (0, [])
    return project


def test_every_block_is_one_message_with_its_line(site: Path) -> None:
    """Each paragraph, heading and caption is a message of the template, and its reference names its very line."""
    template = polib.pofile(str(site / "locales" / "templates" / "article.pot"))
    places = {entry.msgid: entry.occurrences for entry in template if entry.msgctxt is None}
    assert places.pop(TITLE) == [("source/article.md", "2")]
    assert list(places.items()) == [(text, [("source/article.md", str(line))]) for line, text in source_blocks()]
    assert len(places) > 15


def test_every_message_has_a_marked_draft(site: Path) -> None:
    """Each message has a Swedish text, marked fuzzy and as a machine's."""
    catalogue = polib.pofile(str(site / "locales" / "sv" / "LC_MESSAGES" / "article.po"))
    assert len(catalogue) == len(source_blocks()) + 2
    for entry in catalogue:
        assert entry.msgstr.strip()
        assert entry.fuzzy
        assert entry.tcomment.startswith("ordbro: machine ")
    texts = [entry for entry in catalogue if entry.msgctxt is None and len(entry.msgid) > 60]
    assert all(entry.msgstr != entry.msgid for entry in texts)


def test_the_page_shows_all_of_them_in_order(site: Path) -> None:
    """The Swedish page holds the drafts in the order of the article; a doubtful one is its English, marked so."""
    catalogue = {
        entry.msgid: entry for entry in polib.pofile(str(site / "locales" / "sv" / "LC_MESSAGES" / "article.po"))
    }
    (page,) = [path for path in (site / "build" / "site" / "sv").glob("*/index.html") if path.parent.name != "feed"]
    shown = Blocks(page.read_text(encoding="utf-8")).found
    wanted = []
    for _, text in source_blocks():
        sure = float(re.findall(r"confidence=(\d\.\d+)", catalogue[text].tcomment)[0])
        wanted.append((text, "en") if sure < 0.5 else (" ".join(catalogue[text].msgstr.split()), ""))
    assert [lang for _, lang in shown] == [lang for _, lang in wanted]
    assert [text.replace("\\", "") for text, _ in shown] == [text.replace("\\", "") for text, _ in wanted]


def test_the_english_page_is_the_article(site: Path) -> None:
    """The English page holds the article's blocks and nothing else."""
    page = (site / "build" / "site" / "en" / "article" / "index.html").read_text(encoding="utf-8")
    assert Blocks(page).found == [(text, "") for _, text in source_blocks()]
    assert f"<h1>{TITLE}</h1>" in page or f">{TITLE}</h1>" in page
