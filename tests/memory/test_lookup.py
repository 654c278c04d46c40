"""Lookups: the very text first, whoever typed its spaces and quotes, then what is like it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from workflow.config import Project
from workflow.memory import Difference, Kind, Memory, Unit, exact, exact_many, near, translations
from workflow.memory.lookup import differences
from workflow.memory.normal import normal

Keep = Callable[..., Path]
SENTENCES = Path(__file__).parents[1] / "bench" / "data" / "sentences.txt"


def test_reviewed_messages_are_found(memory: Memory) -> None:
    """A text that a person approved is found with the file it stands in."""
    assert exact(memory, "Each patient has a contact nurse.") == Unit(
        "Each patient has a contact nurse.",
        "Varje patient har en kontaktsjuksköterska.",
        Kind.REVIEWED,
        "locales/sv/LC_MESSAGES/news/nurses.po",
    )


@pytest.mark.parametrize(
    "text", ["A doubtful text", "Not translated", "contact-nurse", "", "each patient has a contact nurse."]
)
def test_what_is_not_approved_is_not_found(memory: Memory, text: str) -> None:
    """Doubtful texts, empty ones, addresses and other capitals are no exact match."""
    assert exact(memory, text) is None


def test_a_text_that_is_gone_is_remembered(memory: Memory) -> None:
    """An obsolete message's translation can still be used, after those in use."""
    found = exact(memory, "A text that is gone")
    assert found is not None
    assert (found.target, found.kind) == ("En text som är borta", Kind.OBSOLETE)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("He said “no” – it’s late…", 'He said "no" – it\'s late...'),
        ("10 000 people", "10\u00a0000   people"),
        ("A long text", " A\nlong\u202f text\u200b "),
        ("»Quoted«", '"Quoted"'),
        ("Non\u2011breaking", "Non-breaking"),
        ("Caf\u00e9", "Cafe\u0301"),
    ],
)
def test_spaces_and_quotes_do_not_matter(site: Project, keep: Keep, known: str, asked: str) -> None:
    """Texts that differ only in their spaces, quotes, dots and invisible signs are the same, both ways."""
    keep(Unit(known, "A"))
    with Memory(site, "sv") as memory:
        found = exact(memory, asked)
        assert found is not None
        assert found.source == known
        assert exact_many(memory, [asked]) == {asked: found}


def test_own_reviewed_text_comes_first(site: Project, keep: Keep) -> None:
    """What the project's people approved is preferred to imports, and those to the words of templates."""
    keep(Unit("Opening hours", "Öppethållande"))
    with Memory(site, "sv") as memory:
        assert [unit.target for unit in translations(memory, "Opening hours")] == [
            "Öppettider",
            "Öppethållande",
            "Öppet",
        ]
        assert exact(memory, "Opening hours") == translations(memory, "Opening hours")[0]


def test_the_commonest_translation_comes_first(site: Project, keep: Keep) -> None:
    """Of equals the translation that was used most often is taken."""
    keep(Unit("Ward", "Avd."), Unit("Ward", "Avdelning"), Unit("Ward", "Avdelning"))
    with Memory(site, "sv") as memory:
        assert [unit.target for unit in translations(memory, "Ward")] == ["Avdelning", "Avd."]


def test_many_at_once(memory: Memory) -> None:
    """Asking for many texts gives what asking for each would, but for the words of templates."""
    asked = ["Opening hours", "Unknown", "%(count)s minute to read", *map(str, range(3000))]
    assert exact_many(memory, asked) == {"Opening hours": exact(memory, "Opening hours")}
    assert exact_many(memory, []) == {}


def test_plural_forms(memory: Memory) -> None:
    """Both forms of a plural are units."""
    found = [exact(memory, f"%(count)s {word} to read") for word in ("minute", "minutes")]
    assert [unit and unit.target for unit in found] == ["%(count)s minuts läsning", "%(count)s minuters läsning"]


def test_near_matches_name_the_words_that_differ(memory: Memory) -> None:
    """A near match says how alike it is, and which words stand here and there."""
    match = near(memory, "Every patient has a contact nurse here.")[0]
    assert match.unit.target == "Varje patient har en kontaktsjuksköterska."
    assert 75 <= match.score < 100
    assert match.differences == (Difference("Every", "Each"), Difference("nurse here.", "nurse."))


def test_near_matches_of_short_texts(site: Project, keep: Keep) -> None:
    """A word with another ending or a slip of the pen is near, though no word is the same."""
    keep(Unit("Appointments", "Tidsbokning"), Unit("Visitors", "Besökare"))
    with Memory(site, "sv") as memory:
        assert [match.unit.target for match in near(memory, "Apointment")] == ["Tidsbokning"]


def test_near_leaves_the_exact_match_out(memory: Memory) -> None:
    """What is an exact match is no near one, and nothing below the wanted likeness is."""
    assert near(memory, "Opening  hours") == []
    assert near(memory, "opening hours")[0].score == 99
    assert near(memory, "Each patient has a contact nurse", least=100) == []
    assert near(memory, "Something else altogether") == []
    assert near(memory, "") == []


def test_a_text_whose_units_are_gone_is_not_near(site: Project, keep: Keep) -> None:
    """A unit that was taken away is not offered any more."""
    path = keep(Unit("The ward is closed today", "Avdelningen är stängd i dag"))
    with Memory(site, "sv") as memory:
        assert near(memory, "The ward is closed now")
        path.unlink()
        memory.refresh()
        assert near(memory, "The ward is closed now") == []


def test_most_near_matches_are_found(site: Project, keep: Keep) -> None:
    """Of the matches that comparing with every text finds, 98 of 100 are found."""
    rng, known = random.Random(1), list(dict.fromkeys(map(normal, SENTENCES.read_text(encoding="utf-8").splitlines())))
    words = [word for text in known for word in text.split()]
    keep(*(Unit(text, text) for text in known))
    hits = total = 0
    with Memory(site, "sv") as memory:
        for _ in range(200):
            parts = rng.choice(known).split()
            for _ in range(rng.randint(1, 1 + len(parts) // 5)):
                parts[rng.randrange(len(parts))] = rng.choice(words)
            text = " ".join(parts)
            every = process.extract(text, known, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=75, limit=5)
            there = Counter(min(int(score), 99) for found, score, _ in every if found != text)
            here = Counter(match.score for match in near(memory, text, limit=5))
            hits, total = hits + (here & there).total(), total + there.total()
    assert total > 150
    assert hits / total >= 0.98


@given(
    st.lists(st.sampled_from("a b c “d” d. e".split()), max_size=8),
    st.lists(st.sampled_from("a b c d f".split()), max_size=8),
)
def test_differences_account_for_every_word(here: list[str], there: list[str]) -> None:
    """The words outside the differences are the same on both sides, and no word is lost."""
    found = differences(" ".join(here), " ".join(there))
    named = (
        Counter(" ".join(each.here for each in found).split()),
        Counter(" ".join(each.there for each in found).split()),
    )
    kept = Counter(map(normal, here)) - Counter(map(normal, named[0].elements()))
    assert kept == Counter(there) - named[1]
    assert (found == ()) == (normal(" ".join(here)) == normal(" ".join(there)))


@given(st.text(), st.integers(0, 5))
def test_normal_form_is_settled(text: str, spaces: int) -> None:
    """The form in which texts are compared has itself as its form, whatever spaces stand around."""
    assert normal(normal(text)) == normal(text)
    assert normal(" " * spaces + text + "\u00a0" * spaces) == normal(text)
