"""One bad file is a finding that names it; everything else is done all the same."""

from __future__ import annotations

import os

import pytest

from tests.extraction.sites import BESOK, VISIT, Site
from workflow.errors import OutputError
from workflow.extraction import Extracted

CONFLICT = b"<<<<<<< ours\n"


def told(result: Extracted) -> list[tuple[str, int, str, str]]:
    """The findings: file, line, what was checked, locale."""
    return [(each.path, each.line, each.check, each.locale) for each in result.findings]


def test_a_broken_catalogue_is_left_alone_and_the_others_are_merged(site: Site) -> None:
    """The finding names the file and line each time; the other language and the template are up to date."""
    po = site.po("care/visit")
    broken = po.read_bytes() + CONFLICT
    po.write_bytes(broken)
    site.article("care/visit", VISIT, "A new paragraph.")
    place = ("locales/sv/LC_MESSAGES/care/visit.po", broken.count(b"\n"), "syntax", "sv")
    result = site.extract()
    assert told(result) == [place]
    assert len(result.changed) == 2
    assert po.read_bytes() == broken
    assert site.catalogue("care/visit", "ar").get((None, "A new paragraph.")) is not None
    again = site.extract()
    assert (told(again), again.changed) == ([place], [])
    po.write_bytes(broken.removesuffix(CONFLICT))
    assert site.changed() == ["sv/LC_MESSAGES/care/visit.po"]
    assert site.message("care/visit", "A new paragraph.") is not None
    assert site.reviewed("care/visit", VISIT) == BESOK
    assert site.changed() == []


def test_a_catalogue_that_breaks_in_an_unchanged_article_is_told(site: Site) -> None:
    """Though its article is as it was, a broken catalogue is a finding, until it is mended to what it was."""
    po = site.po("care/visit")
    data = po.read_bytes()
    po.write_bytes(CONFLICT + data)
    assert told(site.extract()) == [("locales/sv/LC_MESSAGES/care/visit.po", 1, "syntax", "sv")]
    po.write_bytes(data)
    assert site.changed() == []


def test_a_broken_catalogue_of_a_deleted_article_is_left_alone(site: Site) -> None:
    """It is told of, and what it has cannot be given to others yet."""
    po = site.po("care/visit")
    po.write_bytes(CONFLICT + po.read_bytes())
    (site.root / "source" / "care" / "visit.md").unlink()
    site.article("news/visit", VISIT)
    before = po.read_bytes()
    assert told(site.extract()) == [("locales/sv/LC_MESSAGES/care/visit.po", 1, "syntax", "sv")]
    assert po.read_bytes() == before
    assert site.reviewed("news/visit", VISIT) == ""


def test_a_catalogue_that_breaks_after_its_text_became_obsolete_is_told(site: Site) -> None:
    """Another article that looks for its text there does without."""
    site.article("care/visit", "Nothing of what was here before.")
    site.extract()
    po = site.po("care/visit")
    po.write_bytes(CONFLICT + po.read_bytes())
    site.article("care/ward/phone", VISIT)
    assert told(site.extract()) == [("locales/sv/LC_MESSAGES/care/visit.po", 1, "syntax", "sv")]
    assert site.reviewed("care/ward/phone", VISIT) == ""


@pytest.mark.parametrize(
    ("content", "line"), [(b"\xff", 1), (b"No title.\n", 1), (b"---\ntitle: a: b\n---\n", 2), (b"", 1)]
)
def test_an_article_that_cannot_be_read_keeps_its_catalogues(site: Site, content: bytes, line: int) -> None:
    """Its template and catalogues stay to the byte, the finding comes each time, and mended it is as before."""
    path = site.root / "source" / "care" / "visit.md"
    text, before = path.read_bytes(), site.stamps("locales")
    path.write_bytes(content)
    for _ in range(2):
        result = site.extract()
        assert (told(result), result.changed) == ([("source/care/visit.md", line, "article", "")], [])
    assert site.stamps("locales") == before
    path.write_bytes(text)
    assert site.changed() == []


def test_a_link_to_nowhere_is_an_article_that_cannot_be_read(site: Site) -> None:
    """So is a link called like an article whose file is missing."""
    (site.root / "source" / "lost.md").symlink_to("nowhere.md")
    assert told(site.extract()) == [("source/lost.md", 0, "article", "")]
    assert not site.pot("lost").exists()


@pytest.mark.parametrize("name", [b"\xff.md", b"a\nb.md", b"tab\t.md"])
def test_a_name_that_no_address_can_hold_is_told(site: Site, name: bytes) -> None:
    """A file whose name is no text, or has a line end in it, is a finding and stops nothing."""
    file = site.root / "source" / os.fsdecode(name)
    file.write_bytes(b"---\ntitle: A\n---\n")
    (found,) = site.extract().findings
    assert found.message == "has a name with unreadable characters; rename the file"
    assert found.path.isprintable()
    file.unlink()
    assert site.changed() == []


def test_two_articles_with_one_address_are_told_each_time(site: Site) -> None:
    """A clash is a finding, also when nothing changed; both articles have their catalogues."""
    site.article("care/hours", "Hours.", front="slug: visit\n")
    for _ in range(2):
        assert told(site.extract()) == [("source/care/visit.md", 1, "address", "")]
    assert b"https://norr.example/en/care/visit/#" in site.po("care/hours").read_bytes()
    assert b"https://norr.example/en/care/visit-2/#" in site.po("care/visit").read_bytes()
    site.article("care/hours", "Hours.")
    assert len(site.changed()) == 6


def test_an_article_may_not_be_called_like_the_interface(site: Site) -> None:
    """`ui.md` is told, and the interface's catalogue stays that of the templates."""
    before = site.po("ui").read_bytes()
    site.article("ui", VISIT)
    assert told(site.extract()) == [("source/ui.md", 0, "article", "")]
    assert site.po("ui").read_bytes() == before


@pytest.mark.parametrize(("content", "line"), [(b"<p>\n{% if %}", 2), (b'<p>\n\xff{{ _("More") }}', 2)])
def test_a_broken_page_template_is_told(site: Site, content: bytes, line: int) -> None:
    """What is no Jinja2, or no UTF-8, is a finding with its line; the articles are extracted, the interface stays."""
    before = site.po("ui").read_bytes()
    (site.root / "templates" / "more.html").write_bytes(content)
    site.article("care/visit", VISIT, "A new paragraph.")
    result = site.extract()
    assert told(result) == [("templates/more.html", line, "article", "")]
    assert len(result.changed) == 3
    assert site.po("ui").read_bytes() == before


@pytest.mark.parametrize("name", ["care/visit", "news/new"])
def test_what_stands_in_the_way_of_a_file_stops_the_extraction(site: Site, name: str) -> None:
    """Where a catalogue cannot be written the work ends with the name of what is in its way."""
    site.article(name, "Another text.")
    site.pot(name).unlink(missing_ok=True)
    site.pot(name).mkdir(parents=True)
    with pytest.raises(OutputError, match="is a folder where a file is needed"):
        site.extract()


def test_a_template_that_cannot_be_removed_stops_the_extraction(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """So does a template of a deleted article in a folder that nobody may write to."""
    (site.root / "source" / "care" / "visit.md").unlink()

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.unlink", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        site.extract()
