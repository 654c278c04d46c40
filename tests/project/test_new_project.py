"""What `ordbro init` makes."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest

from tests.cli.commands import program
from workflow.config import load_project
from workflow.errors import ConfigError
from workflow.interface import interface_messages
from workflow.new_project import create


def test_a_new_project_has_what_it_needs(tmp_path: Path) -> None:
    """Settings, articles, templates, the words of the templates in Swedish, and what git should know."""
    create(tmp_path / "x", 'Our "news"', ["sv", "fi"])
    project = load_project(tmp_path / "x")
    assert project.name == 'Our "news"'
    assert [each.name for each in project.locales] == ["sv", "fi"]
    assert len(list(project.articles.rglob("*.md"))) == 3
    assert (project.templates / "base.html").is_file()
    assert not list((project.root / "locales" / "fi").rglob("*.po"))
    assert "build/" in (project.root / ".gitignore").read_text(encoding="utf-8").splitlines()
    ui = polib.pofile(str(project.catalogues("sv") / "ui.po"))
    assert ui.metadata["Project-Id-Version"] == 'Our "news"'


@pytest.mark.parametrize(
    "name", ["plain", 'with "quotes"', "back\\slash", "åäö – ü", "two\nlines", "{braces}", "tab\there"]
)
def test_any_name_is_kept(tmp_path: Path, name: str) -> None:
    """Whatever the site is called, the settings say just that, and the catalogue can be read."""
    create(tmp_path / "x", name, ["sv"])
    table = tomllib.loads((tmp_path / "x" / "pyproject.toml").read_text(encoding="utf-8"))
    assert table["tool"]["ordbro"]["name"] == name
    assert polib.pofile(str(tmp_path / "x" / "locales" / "sv" / "LC_MESSAGES" / "ui.po"))


def test_the_articles_language_is_no_target(tmp_path: Path) -> None:
    """A project cannot be made that translates English into English."""
    with pytest.raises(ConfigError, match="the language the articles are written in"):
        create(tmp_path / "x", "x", ["en"])
    assert not (tmp_path / "x").exists()


def test_every_word_of_the_templates_is_reviewed_swedish(tmp_path: Path) -> None:
    """The catalogue that comes with Ordbro has a reviewed translation of each string of its templates."""
    create(tmp_path / "x", "x", ["sv"])
    project = load_project(tmp_path / "x")
    ui = {entry.msgid: entry for entry in polib.pofile(str(project.catalogues("sv") / "ui.po"))}
    open_words = [
        message.msgid
        for message in interface_messages(project)
        if message.msgid not in ui or not ui[message.msgid].translated()
    ]
    assert open_words == []


class Strange(HTMLParser):
    """What a page shows in another language than its own."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.texts: list[str] = []
        self._langs: list[str] = []
        self.feed(re.sub(r"<(?:meta|link|img|br|hr|input|path|circle|source)\b[^>]*>", "", page))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a language."""
        self._langs.append(dict(attrs).get("lang") or (self._langs[-1] if self._langs else ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave a language."""
        self._langs.pop()

    def handle_data(self, data: str) -> None:
        """Note a text in another language."""
        if data.strip() and self._langs and self._langs[-1] != self._langs[0]:
            self.texts.append(" ".join(data.split()))


def test_swedish_pages_of_a_new_project_speak_swedish(tmp_path: Path) -> None:
    """On no Swedish page a word of the templates is left in English; what is English is an article's and marked so."""
    assert program("-q", "init", "demo", cwd=tmp_path).status == 0
    assert program("-q", "run", cwd=tmp_path / "demo").status == 0
    project = load_project(tmp_path / "demo")
    words = {message.msgid for message in interface_messages(project)}
    assert words
    english = {word for word in words if len(word.split()) > 2 and "%(" not in word}
    pages = list((tmp_path / "demo" / "build" / "site" / "sv").rglob("*.html"))
    assert len(pages) >= 4
    for path in pages:
        page = path.read_text(encoding="utf-8")
        assert 'lang="sv"' in page
        assert [word for word in english if f">{word}<" in page] == []
        assert not words & set(Strange(page).texts)
