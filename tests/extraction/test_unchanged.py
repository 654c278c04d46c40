"""What did not change is not touched, and what would change can be told without touching anything."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest

from tests.extraction.sites import VISIT, Site


def test_extracting_twice_writes_nothing(site: Site) -> None:
    """The second extraction leaves every file of the project as it was, its own notes included."""
    before = site.stamps()
    result = site.extract()
    assert (result.changed, result.findings, sum(result.counts.values(), Counter())) == ([], [], Counter())
    assert site.stamps() == before


def test_articles_and_messages_are_counted_with_and_without_notes(site: Site) -> None:
    """How many texts there are does not depend on how many articles had to be read."""
    known = site.extract()
    shutil.rmtree(site.root / "build")
    anew = site.extract()
    assert (known.articles, known.messages) == (anew.articles, anew.messages) == (3, 12)


def test_every_article_counts_as_progress_once(site: Site) -> None:
    """The articles that are left alone and those that are read make up all of them and the interface."""
    steps = list[int]()
    site.article("index", "Welcome to the hospital.")
    site.extract(progress=steps.append)
    assert sum(steps) == 4
    assert steps.count(1) == 1


def test_without_notes_of_the_last_extraction_catalogues_stay(site: Site) -> None:
    """When `build/` is deleted everything is read again, and no catalogue is written; the notes are the same."""
    notes = site.root / "build" / "cache" / "extraction.json"
    before, noted = site.stamps("locales"), notes.read_bytes()
    shutil.rmtree(site.root / "build")
    assert site.changed() == []
    assert site.stamps("locales") == before
    assert notes.read_bytes() == noted


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"settings": 1}',
        b"[" * 100_000,
        b'{"settings": {}, "articles": {}}',
    ],
)
def test_broken_notes_are_ignored(site: Site, content: bytes) -> None:
    """Notes that cannot be read are as good as none, and are written anew."""
    notes = site.root / "build" / "cache" / "extraction.json"
    before, noted = site.stamps("locales"), notes.read_bytes()
    notes.write_bytes(content)
    assert site.changed() == []
    assert site.stamps("locales") == before
    assert notes.read_bytes() == noted


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"articles": {', b'"articles": {"index.md": 1, "x": '),
        (b'"articles": {', b'"articles": [], "other": {'),
        (b'"sv": "', b'"sv": {}, "": "'),
        (b", []", b", {}"),
        (b", []", b""),
        (b", []", b", [], 1"),
    ],
)
def test_notes_of_another_shape_are_ignored(site: Site, old: bytes, new: bytes) -> None:
    """Neither are notes trusted that are JSON, but not as they were written."""
    notes = site.root / "build" / "cache" / "extraction.json"
    before, noted = site.stamps("locales"), notes.read_bytes()
    assert old in noted
    notes.write_bytes(noted.replace(old, new))
    assert site.changed() == []
    assert site.stamps("locales") == before


def test_notes_that_cannot_be_written_are_done_without(empty: Site) -> None:
    """When there is no room for the notes the catalogues are made all the same."""
    empty.article("index", VISIT)
    (empty.root / "build").write_text("", encoding="utf-8")
    assert "sv/LC_MESSAGES/index.po" in empty.changed()
    assert empty.changed() == []


def test_a_check_writes_nothing_and_tells_what_will_change(site: Site) -> None:
    """Without writing, the same files, counts and findings are told that the extraction then comes to."""
    site.article("care/visit", VISIT.replace("seven", "eight"), "A new paragraph.")
    site.article("care/new", "Something new.")
    (site.root / "source" / "care" / "ward" / "phone.md").unlink()
    (site.root / "templates" / "more.html").write_text('{{ _("More") }}', encoding="utf-8")
    site.po("index", "ar").write_text("msgid\n", encoding="utf-8")
    site.po("index").unlink()
    site.pot("index").write_text("nonsense", encoding="utf-8")
    before = site.stamps()
    told = site.extract(write=False)
    assert site.stamps() == before
    contents = site.contents()
    done = site.extract()
    now = site.contents()
    assert told == done
    paths = sorted(path.relative_to(site.root).as_posix() for path in done.changed)
    assert paths == sorted(path for path in contents.keys() | now.keys() if contents.get(path) != now.get(path))
    assert len(paths) == len(set(paths)) == 14
    assert site.extract(write=False).changed == []


def test_a_check_of_a_new_project_writes_nothing(empty: Site) -> None:
    """In a project that was never extracted all catalogues would be written, and none is."""
    empty.article("index", VISIT)
    before = empty.stamps()
    assert len(empty.changed(write=False)) == 6
    assert empty.stamps() == before
    assert not (empty.root / "locales").exists()
