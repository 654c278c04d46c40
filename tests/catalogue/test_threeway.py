"""Merging two versions of a catalogue: which words stay, and how far they have come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.catalogue.versions import MINE, OLD, THEIRS, VISIT, VISITS, catalogue, fuzzy, machine, plural, text
from workflow.catalogue.carry import stale
from workflow.catalogue.po import parse
from workflow.catalogue.sides import both, conflicting
from workflow.catalogue.threeway import reconcile
from workflow.message import MARK, Message, State


def merged(base: Message | None, ours: Message | None, theirs: Message | None) -> Message | None:
    """What becomes of one message between two that do not change, or None when it is gone."""
    first, last = text("Först", "First"), text("Sist", "Last")
    sides = [catalogue(*(each for each in (first, side, last) if each is not None)) for side in (base, ours, theirs)]
    found = reconcile(*sides)
    data = found.catalogue.to_bytes()
    assert found.conflicts == tuple(each for each in found.catalogue.messages if conflicting(each) and each.fuzzy)
    messages = [each for each in parse(data, "x.po").messages if each.msgid not in ("First", "Last")]
    assert len(messages) <= 1
    return replace(messages[0], line=0) if messages else None


CASES = {
    "only we changed it": (text(OLD), text(MINE), text(OLD), text(MINE)),
    "only they changed it": (text(OLD), text(OLD), text(THEIRS), text(THEIRS)),
    "both made the same change": (text(OLD), text(MINE), text(MINE), text(MINE)),
    "they approved a draft": (machine("Utkast"), machine("Utkast"), text("Utkast"), text("Utkast")),
    "we approved a draft that they drafted anew": (
        machine("Utkast"),
        text("Utkast"),
        machine("Nytt utkast", "machine argos 2.0"),
        text("Utkast"),
    ),
    "both had it drafted": (text(), machine("Vårt"), machine("Deras", "machine argos 2.0"), machine("Vårt")),
    "they drafted what we have not": (text(), text(), machine("Deras"), machine("Deras")),
    "they translated what we had drafted": (text(), machine("Utkast"), text(THEIRS), text(THEIRS)),
    "we translated what they had drafted": (text(), text(MINE), machine("Utkast"), text(MINE)),
    "they approved what both had drafted": (None, machine("Utkast"), text("Utkast"), text("Utkast")),
    "they edited, we approved the old text": (fuzzy(OLD), text(OLD), fuzzy(THEIRS), fuzzy(THEIRS)),
    "they edited and approved, we approved the old text": (fuzzy(OLD), text(OLD), text(THEIRS), text(THEIRS)),
    "they edited, we doubted the old text": (text(OLD), fuzzy(OLD), text(THEIRS), fuzzy(THEIRS)),
    "one added it with a doubt, one without": (None, fuzzy(MINE), text(MINE), fuzzy(MINE)),
    "they approved a stale text": (
        fuzzy(OLD, previous="Visits are allowed."),
        fuzzy(OLD, previous="Visits are allowed."),
        text(OLD),
        text(OLD),
    ),
    "they emptied it": (text(OLD), text(OLD), text(), text()),
    "they emptied what we edited": (text(OLD), text(MINE), text(), text(MINE)),
    "we emptied what they edited": (text(OLD), text(), text(THEIRS), text(THEIRS)),
    "they deleted what we left alone": (text(OLD), text(OLD), None, None),
    "we deleted what they left alone": (text(OLD), None, text(OLD), None),
    "they deleted what we edited": (text(OLD), text(MINE), None, text(MINE)),
    "we deleted what they edited": (text(OLD), None, text(THEIRS), text(THEIRS)),
    "we deleted what they approved": (machine("Utkast"), None, text("Utkast"), text("Utkast")),
    "we deleted what they commented": (text(), None, text(comments=("Vad är det?",)), text(comments=("Vad är det?",))),
    "we deleted what they drafted anew": (machine("Utkast"), None, machine("Nytt"), None),
    "they added it": (None, None, text(THEIRS), text(THEIRS)),
    "both added it, they translated it": (None, text(), text(THEIRS), text(THEIRS)),
    "they made it obsolete": (text(OLD), text(OLD), text(OLD, obsolete=True), text(OLD, obsolete=True)),
    "we made it obsolete, they edited it": (
        text(OLD),
        text(OLD, obsolete=True),
        text(THEIRS),
        text(THEIRS, obsolete=True),
    ),
    "it came back with them": (text(OLD, obsolete=True), text(OLD, obsolete=True), text(OLD), text(OLD)),
    "obsolete here, new there": (None, text(OLD, obsolete=True), text(OLD), text(OLD)),
    "places of both": (
        text(OLD, references=("a.md", "b.md")),
        text(OLD, references=("a.md", "c.md")),
        text(OLD, references=("a.md", "b.md", "d.md")),
        text(OLD, references=("a.md", "d.md", "c.md")),
    ),
    "extracted comments of theirs": (
        text(OLD, extracted=("paragraph",)),
        text(MINE, extracted=("paragraph",)),
        text(OLD, extracted=("list item",)),
        text(MINE, extracted=("list item",)),
    ),
    "comments of both": (
        text(OLD, comments=("gammal", "kvar")),
        text(OLD, comments=("gammal", "kvar", "vår")),
        text(OLD, comments=("kvar", "deras")),
        text(OLD, comments=("kvar", "deras", "vår")),
    ),
    "flags of both": (
        text(OLD, flags=("no-wrap",)),
        text(OLD, flags=("fuzzy", "no-wrap", "ignore-same")),
        text(OLD, flags=("no-wrap", "ignore-numbers")),
        text(OLD, flags=("fuzzy", "no-wrap", "ignore-numbers", "ignore-same")),
    ),
    "they gave it a plural": (
        Message("%d visit"),
        replace(Message("%d visit"), references=("a.md",)),
        plural("", ""),
        plural("", "", references=("a.md",)),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    """One message, changed on one side or on both: what both meant is what results."""
    base, ours, theirs, expected = CASES[name]
    assert merged(base, ours, theirs) == expected


@pytest.mark.parametrize(
    "their_text", [THEIRS, 'Två\nrader "och" \\ \t slut ', "ordbro: conflict theirs: x", "# x", " "]
)
def test_a_conflict_keeps_both_texts(their_text: str) -> None:
    """Where both changed a text, ours is live and fuzzy, and theirs stands in a comment to the last character."""
    found = merged(text(OLD), text(MINE, comments=("Rösta!",)), text(their_text))
    assert found is not None
    assert (found.msgstr, found.state, found.comments[0]) == (MINE, State.FUZZY, "Rösta!")
    assert conflicting(found) == (their_text,)
    assert len(found.comments) == 2


def test_a_conflict_reads_as_it_would_in_the_file() -> None:
    """The comment is one that a person can read and copy from."""
    found = merged(text(OLD), text(MINE), text(THEIRS))
    assert found is not None
    assert found.comments == (f'ordbro: conflict theirs: "{THEIRS}"',)


def test_a_conflict_of_plural_forms() -> None:
    """All forms of theirs are kept, each with its number."""
    base = plural("%d besök", "%d besök")
    found = merged(base, plural("ett besök", "%d besök"), plural("besök: %d", "besöken: %d"))
    assert found is not None
    assert found.plural == ("ett besök", "%d besök")
    assert found.comments == (
        'ordbro: conflict theirs[0]: "besök: %d"',
        'ordbro: conflict theirs[1]: "besöken: %d"',
    )


def test_a_conflict_is_noted_once() -> None:
    """A rebase that meets the same text again does not repeat it."""
    once = merged(text(OLD), text(MINE), text(THEIRS))
    assert once is not None
    twice, conflict = both(text(OLD), once, text(THEIRS))
    assert conflict
    assert twice == once


def test_a_settled_conflict_stays_settled() -> None:
    """Who keeps one text, deletes the comment and approves has the last word over a side that did nothing."""
    torn = merged(text(OLD), text(MINE), text(THEIRS))
    assert torn is not None
    assert merged(torn, torn, text(THEIRS)) == text(THEIRS)


STALE = stale(text(OLD), text(msgid=VISITS))


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("english", "work", "expected"),
    [
        pytest.param(STALE, text(THEIRS), (VISITS, THEIRS, State.STALE), id="edited"),
        pytest.param(STALE, None, None, id="deleted"),
        pytest.param(text(msgid=VISITS), text(OLD), (VISITS, OLD, State.STALE), id="a draft approved"),
    ],
)
def test_english_edited_here_translation_there(
    english: Message, work: Message | None, expected: tuple[str, str, State] | None, swapped: bool
) -> None:
    """What one side does with a translation follows the message to the English that the other side gave it."""
    base = machine(OLD) if english.msgstr == "" else text(OLD)
    found = merged(base, *((work, english) if swapped else (english, work)))
    assert found is not None
    if expected is None:
        assert found == english
    else:
        assert (found.msgid, found.msgstr, found.state, found.previous) == (*expected, VISIT)


def test_english_edited_on_both_sides_and_translated_anew_on_one() -> None:
    """Both extracted the same edit; the translation that one side then brought up to date is reviewed."""
    assert merged(text(OLD), STALE, text(THEIRS, VISITS)) == text(THEIRS, VISITS)
    assert merged(text(OLD), text(MINE, VISITS), STALE) == text(MINE, VISITS)


def test_english_edited_differently() -> None:
    """Each side's English keeps the translation, for the next extraction to choose from."""
    other = stale(text(OLD), text(msgid=VISIT + " Welcome!"))
    found = reconcile(catalogue(text(OLD)), catalogue(STALE), catalogue(other)).catalogue
    assert [(each.msgid, each.msgstr) for each in found.messages] == [(other.msgid, OLD), (VISITS, OLD)]


def test_marks_are_known() -> None:
    """A conflict's comment is one of Ordbro's, so that approving in the desk takes it away."""
    found = merged(text(OLD), text(MINE), text(THEIRS))
    assert found is not None
    assert found.comments[0].startswith(MARK)
    assert found.approved() == text(MINE)
