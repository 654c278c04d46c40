"""`ordbro translate`: what it fills, what it takes over, and what it never touches."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest

from tests.cli.commands import Run, catalogue, settings, write

ARTICLE = """---
title: Visiting hours
---

The ward is open every day.

Ring the bell at the door.

Call [the ward](index.md) **before** you come.
"""


@pytest.fixture
def visit(demo: Path, ordbro: Run) -> Path:
    """The project with one more article, extracted and not yet translated."""
    write(demo, "news/visit", ARTICLE)
    assert ordbro("extract", cwd=demo).status == 0
    return demo


def entries(project: Path, name: str = "news/visit") -> dict[str, polib.POEntry]:
    """The messages of a catalogue by their source text."""
    return {entry.msgid: entry for entry in polib.pofile(str(catalogue(project, name)))}


def replaced(path: Path, old: str, new: str) -> None:
    """Change a piece of a file, as a person does in an editor."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_empty_message_gets_a_marked_draft(visit: Path, ordbro: Run) -> None:
    """A draft is fuzzy and says who made it and how sure that was; links and emphasis stand in it."""
    done = ordbro("translate", cwd=visit)
    assert (done.status, done.out) == (0, "")
    for entry in entries(visit).values():
        assert entry.msgstr
        assert "fuzzy" in entry.flags
        assert entry.tcomment.startswith("ordbro: machine ")
    drafted = entries(visit)["Call [the ward](index.md) **before** you come."]
    assert "](index.md)" in drafted.msgstr
    assert drafted.msgstr.count("**") == 2
    assert "confidence=0." in drafted.tcomment or "confidence=1.00" in drafted.tcomment


def test_only_limits_it_to_some_articles(visit: Path, ordbro: Run) -> None:
    """`--only` translates the named articles and no others."""
    write(visit, "about/us", "---\ntitle: Who we are\n---\n")
    ordbro("extract", cwd=visit)
    assert ordbro("translate", "--only", "about", cwd=visit).status == 0
    assert entries(visit, "about/us")["Who we are"].msgstr
    assert not any(entry.msgstr for entry in entries(visit).values())
    assert ordbro("translate", "sv", "--only", "news/visit.md", cwd=visit).status == 0
    assert all(entry.msgstr for entry in entries(visit).values())


def test_articles_that_were_not_extracted_are_mentioned(demo: Path, ordbro: Run) -> None:
    """Who forgets to extract is told so."""
    write(demo, "news/visit", ARTICLE)
    done = ordbro("translate", cwd=demo)
    assert "1 article not yet collected for sv; first run: ordbro extract" in done.err


def test_reviewed_texts_are_taken_over(visit: Path, ordbro: Run) -> None:
    """An equal message that a person approved in another article is taken as it is, and says where from."""
    assert ordbro("translate", cwd=visit).status == 0
    po = catalogue(visit, "news/visit")
    entry = entries(visit)["The ward is open every day."]
    replaced(po, f'#, fuzzy\nmsgid "{entry.msgid}"\nmsgstr "{entry.msgstr}"', f'msgid "{entry.msgid}"\nmsgstr "Öppet!"')
    write(visit, "news/other", "---\ntitle: Another\n---\n\nThe ward is open every day.\n")
    ordbro("extract", cwd=visit)
    done = ordbro("translate", cwd=visit)
    assert "1 taken over from reviewed texts" in done.err
    taken = entries(visit, "news/other")["The ward is open every day."]
    assert taken.msgstr == "Öppet!"
    assert "fuzzy" in taken.flags
    assert taken.tcomment.startswith("ordbro: memory locales/sv/LC_MESSAGES/news/visit.po")


@pytest.mark.parametrize(
    "command", [["translate"], ["translate", "--redo"], ["translate", "--redo", "--engine", "pseudo"], ["run"]]
)
@pytest.mark.parametrize(
    "state", ["approved", "approved draft", "edited draft", "own words, fuzzy", "stale", "draft of unknown origin"]
)
def test_a_persons_words_are_never_touched(visit: Path, ordbro: Run, command: list[str], state: str) -> None:
    """Whatever a person wrote stays, byte for byte, whether approved, left fuzzy, or made for another English.

    Our comment about a text's origin goes as soon as it is no longer true.
    """
    assert ordbro("translate", cwd=visit).status == 0
    po = catalogue(visit, "news/visit")
    entry = entries(visit)["Ring the bell at the door."]
    place = "#. paragraph\n#: source/news/visit.md\n"
    old = f'# {entry.tcomment}\n{place}#, fuzzy\nmsgid "{entry.msgid}"\nmsgstr "{entry.msgstr}"\n'
    new = {
        "approved": f'{place}msgid "{entry.msgid}"\nmsgstr "Ring på!"\n',
        "approved draft": old.replace("#, fuzzy\n", ""),
        "edited draft": old.replace(f'msgstr "{entry.msgstr}"', 'msgstr "Ring på!"'),
        "own words, fuzzy": f'# is it a bell?\n{place}#, fuzzy\nmsgid "{entry.msgid}"\nmsgstr "Ring på!"\n',
        "stale": f'{place}#, fuzzy\n#| msgid "Ring the bell."\nmsgid "{entry.msgid}"\nmsgstr "Ring på!"\n',
        "draft of unknown origin": f'# ordbro: machine x\n{place}#, fuzzy\nmsgid "{entry.msgid}"\nmsgstr "Ring på!"\n',
    }[state]
    replaced(po, old, new)
    assert ordbro(*command, cwd=visit).status == 0
    left = new if "draft of" in state else new.removeprefix(f"# {entry.tcomment}\n")
    assert f"\n\n{left}" in po.read_text(encoding="utf-8")


def test_redo_renews_untouched_drafts_only(visit: Path, ordbro: Run) -> None:
    """`--redo` replaces what a machine wrote and nobody changed, addresses not counted."""
    assert ordbro("translate", cwd=visit).status == 0
    before = entries(visit)
    done = ordbro("translate", "--redo", "--engine", "pseudo", "--only", "news/visit.md", cwd=visit)
    assert "drafted by pseudo" in done.err
    assert "differ from before" in done.err
    after = entries(visit)
    assert after["visit"].msgstr == before["visit"].msgstr
    for text in before.keys() - {"visit"}:
        assert after[text].msgstr != before[text].msgstr
        assert after[text].tcomment.startswith("ordbro: machine pseudo")


def test_the_pseudo_engine_fills_every_message_of_the_templates(demo: Path, ordbro: Run) -> None:
    """`--engine pseudo` drafts the interface too, and every draft can be filled in."""
    catalogue(demo, "ui").unlink()
    ordbro("extract", cwd=demo)
    assert ordbro("translate", "--engine", "pseudo", cwd=demo).status == 0
    ui = polib.pofile(str(catalogue(demo, "ui")))
    assert all(entry.msgstr or entry.msgstr_plural for entry in ui)
    for entry in ui:
        for name in ("%(count)s", "%(number)s", "%(name)s"):
            texts = [entry.msgstr, *entry.msgstr_plural.values()]
            assert name not in entry.msgid or all(name in text for text in texts if text)
    assert ordbro("check", "-q", cwd=demo).status == 0


def test_the_machine_drafts_the_interface_of_a_new_locale(demo: Path, ordbro: Run) -> None:
    """Templates' strings without a translation get drafts; one that would lose a placeholder stays empty."""
    catalogue(demo, "ui").unlink()
    done = ordbro("run", cwd=demo)
    assert done.status == 0
    for entry in polib.pofile(str(catalogue(demo, "ui"))):
        for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            assert text.count("%(") >= 1 or "%(" not in entry.msgid


def test_an_address_is_made_of_the_title_once(visit: Path, ordbro: Run) -> None:
    """The address comes from the first draft of the title, and stays when the title changes."""
    assert ordbro("run", cwd=visit).status == 0
    slug = entries(visit)["visit"].msgstr
    assert slug
    title = entries(visit)["Visiting hours"]
    replaced(catalogue(visit, "news/visit"), f'msgstr "{title.msgstr}"', 'msgstr "Helt annat"')
    assert ordbro("run", cwd=visit).status == 0
    assert entries(visit)["visit"].msgstr == slug


def test_a_draft_below_the_limit_is_held_back(visit: Path, ordbro: Run) -> None:
    """With a high limit residents read English, `status` counts it, and `check` says why."""
    settings(visit, "publish_confidence = 0.5", "publish_confidence = 1")
    assert ordbro("run", cwd=visit).status == 0
    assert "Readers still see the English of" in ordbro("status", cwd=visit).out
    assert "info: not-shown: readers see the English: the machine is unsure" in ordbro("check", cwd=visit).out


def test_the_glossary_is_obeyed(visit: Path, ordbro: Run) -> None:
    """A term's translation stands in the drafts, and what shall stay as it is stays."""
    glossary = visit / "locales" / "sv" / "glossary.csv"
    glossary.write_text("source,target,note\nward,vårdsal,\nbell,,\n", encoding="utf-8")
    assert ordbro("translate", cwd=visit).status == 0
    drafts = entries(visit)
    assert "vårdsal" in drafts["The ward is open every day."].msgstr.lower()
    assert "bell" in drafts["Ring the bell at the door."].msgstr


def test_with_a_broken_glossary_nothing_is_drafted(visit: Path, ordbro: Run) -> None:
    """A glossary that cannot be read is told with its line, and no draft is made without it."""
    (visit / "locales" / "sv" / "glossary.csv").write_text("source,target,note\na,b,c,d,e\n", encoding="utf-8")
    done = ordbro("translate", cwd=visit)
    assert done.status == 1
    assert [line.split(": ")[0] for line in done.lines] == ["locales/sv/glossary.csv:2"]
    assert not any(entry.msgstr for entry in entries(visit).values())


def test_plain_texts_and_html_stay_what_they_are(demo: Path, ordbro: Run) -> None:
    """In titles, descriptions and captions signs of Markdown are just signs; tags in HTML stay to the letter."""
    text = (
        "---\ntitle: Take *5 * 3 * 2* pills_a_day [now]\n---\n\n![Ward 7 \\* 2 \\[north\\]](a.svg 'Room `3`')\n\n"
        '<p>Take *two* <b class="x">big</b> pills &amp; a_b_c [now]</p>\n'
    )
    write(demo, "news/signs", text)
    assert ordbro("extract", cwd=demo).status == 0
    done = ordbro("translate", "--engine", "pseudo", cwd=demo)
    assert (done.status, done.lines) == (0, [])
    drafts = {msgid: entry.msgstr for msgid, entry in entries(demo, "news/signs").items()}
    assert all(drafts.values())
    assert drafts["Take *5 * 3 * 2* pills_a_day [now]"].startswith("[Ŧáķé *5 * 3 * 2* þíłłš_á_đáý [ñōŵ]")
    assert drafts["Ward 7 * 2 [north]"].startswith("[Ŵářđ 7 * 2 [ñōřŧħ]")
    assert drafts["Room `3`"].startswith("[Řōōɱ `3`")
    marked = drafts['Take *two* <b class="x">big</b> pills &amp; a_b_c [now]']
    assert marked.startswith('[Ŧáķé *ŧŵō* <b class="x">ƀíǧ</b> þíłłš & á_ƀ_ç [ñōŵ]')


def test_the_queue_begins_with_what_needs_a_person_most(visit: Path, ordbro: Run) -> None:
    """`status --queue` lists the machine's drafts with their places, the least sure first, and no others."""
    assert ordbro("translate", cwd=visit).status == 0
    po = catalogue(visit, "news/visit")
    entry = entries(visit)["The ward is open every day."]
    replaced(po, f'#, fuzzy\nmsgid "{entry.msgid}"', f'msgid "{entry.msgid}"')
    shown = ordbro("status", "--queue", cwd=visit).out.splitlines()
    listed = json.loads(ordbro("status", "--queue", "--format", "json", cwd=visit).out)
    assert [f"{each['path']}:{each['line']}" for each in listed] == [line.split(": ")[0] for line in shown]
    sure = [each["confidence"] for each in listed]
    assert sure == sorted(sure)
    texts = [each["msgid"] for each in listed]
    assert "Ring the bell at the door." in texts
    assert entry.msgid not in texts
    number = int(shown[0].split(": ")[0].rpartition(":")[2])
    file = (visit / listed[0]["path"]).read_text(encoding="utf-8").splitlines()
    assert file[number - 1].startswith("msgid ")


def test_an_empty_queue_is_told(visit: Path, ordbro: Run) -> None:
    """Where no draft waits, one line says so, and scripts get an empty list."""
    for path in (visit / "locales" / "sv").rglob("*.po"):
        path.unlink()
    assert "no draft waits for a person" in ordbro("status", "--queue", cwd=visit).err
    assert json.loads(ordbro("status", "--queue", "--format", "json", cwd=visit).out) == []
