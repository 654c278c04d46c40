"""From messages to drafts, with the real starter and with engines that fail on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from workflow.errors import EngineError
from workflow.machine.argos import ArgosEngine
from workflow.machine.cache import Cache
from workflow.machine.confidence import CENTRE, of_message, of_sentence
from workflow.machine.drafts import Draft, Unit, draft
from workflow.machine.engine import Hypothesis, Options
from workflow.machine.pseudo import PseudoEngine
from workflow.machine.quality import Problem
from workflow.machine.sentence import Outcome


class Scripted:
    """An engine that answers from a table and counts what it is asked."""

    name = "scripted"
    label = "scripted 1"
    key = "scripted 1"
    placeholders = True
    uses_context = False

    def __init__(self, answers: dict[str, list[str]] | None = None):
        self.answers = answers or {}
        self.asked: list[str] = []
        self.fail_after = 10**9

    def translate(self, sentences: Sequence[str], options: Options) -> list[tuple[Hypothesis, ...]]:
        """The answers of the table, else the sentence in other words."""
        self.asked += sentences
        if len(self.asked) > self.fail_after:
            raise EngineError("the server has gone")
        return [
            tuple(Hypothesis(text, -0.1 - n / 10) for n, text in enumerate(self.answers.get(each, [f"Sv {each}"])))
            for each in sentences
        ]


def texts(units: Sequence[str], engine: Scripted | ArgosEngine | PseudoEngine, cache: Cache | None = None) -> list[str]:
    """The drafts' texts."""
    return [each.text for each in draft([Unit(str(n), text) for n, text in enumerate(units)], engine, cache)]


def test_a_message_is_translated(engine: ArgosEngine) -> None:
    """A message with sentences, a link and code comes out whole, with confidence."""
    [made] = draft([Unit("a", "Skip to content. See [the agreement](a.md) and `x_y`.")], engine)
    assert made.unit.id == "a"
    assert made.text == "Hoppa till innehållet. Se [avtalet](a.md) och `x_y`."
    assert 0.5 < made.confidence <= 1
    assert made.findings == ()


def test_image_descriptions_are_translated(engine: ArgosEngine) -> None:
    """The description of an image inside a text is translated, also inside a link."""
    [made] = texts(["[![Skip to *content*](i.png)](a.md)"], engine)
    assert made == "[![Hoppa till *innehållet*](i.png)](a.md)"


def test_order_and_repetition(cache: Cache) -> None:
    """Drafts come in the order of the units; equal sentences are asked for once."""
    engine = Scripted()
    assert texts(["One here. Two here.", "Two here.", "One here."], engine, cache) == [
        "Sv One here. Sv Two here.",
        "Sv Two here.",
        "Sv One here.",
    ]
    assert sorted(engine.asked) == ["One here.", "Two here."]


def test_a_second_run_asks_nothing(cache: Cache) -> None:
    """What is in the cache is not translated again, not even in another message."""
    first = Scripted()
    texts(["One here. Two here."], first, cache)
    second = Scripted()
    assert texts(["One here. Two here.", "Two here."], second, cache) == ["Sv One here. Sv Two here.", "Sv Two here."]
    assert second.asked == []


def test_another_model_has_its_own_results(cache: Cache) -> None:
    """The cache keeps the results of different models apart."""
    texts(["One here."], Scripted(), cache)
    other = Scripted()
    other.key = "scripted 2"
    texts(["One here."], other, cache)
    assert other.asked == ["One here."]


def test_what_was_done_before_a_failure_is_kept(cache: Cache) -> None:
    """When the engine fails in the middle, earlier batches were given out and are in the cache."""
    engine = Scripted()
    engine.fail_after = 20
    units = [Unit(str(n), f"Text number {n} is here.") for n in range(30)]
    got = list[Draft]()
    with pytest.raises(EngineError, match="the server has gone"):
        collect(draft(units, engine, cache, batch=10), got)
    assert len(got) >= 10
    again = Scripted()
    assert len(list(draft(units, again, cache, batch=10))) == 30
    assert len(again.asked) <= 20


def collect(drafts: Iterator[Draft], got: list[Draft]) -> None:
    """Collect what comes before the iterator fails."""
    while True:
        got.append(next(drafts))


def test_closing_early_is_harmless(cache: Cache) -> None:
    """A caller may stop at any draft."""
    drafts = draft([Unit(str(n), f"Text {n} is here.") for n in range(30)], Scripted(), cache, batch=10)
    assert next(drafts).unit.id == "0"
    drafts.close()  # type: ignore[attr-defined]


def test_progress_is_told(cache: Cache) -> None:
    """The caller learns after each batch how many messages it had."""
    told = list[int]()
    list(draft([Unit(str(n), f"Text {n}") for n in range(25)], Scripted(), cache, batch=10, progress=told.append))
    assert told == [10, 10, 5]


def test_another_hypothesis_is_taken_when_the_first_lost_a_number() -> None:
    """A draft with a wrong number gives way to one that has the right number."""
    engine = Scripted({"Pay 200 kronor.": ["Betala 300 kronor.", "Betala 200 kronor."]})
    [made] = draft([Unit("", "Pay 200 kronor.")], engine)
    assert (made.text, made.findings) == ("Betala 200 kronor.", ())


def test_a_number_is_protected_when_nothing_else_helps() -> None:
    """When no hypothesis has the right number, it travels as a placeholder."""
    engine = Scripted({"Pay 200 kronor.": ["Betala 300 kronor."], "Pay ⟦0⟧ kronor.": ["Betala ⟦0⟧ kronor."]})
    [made] = draft([Unit("", "Pay 200 kronor.")], engine)
    assert (made.text, made.findings) == ("Betala 200 kronor.", ())


def test_a_wrong_number_that_stays_is_told_and_held_back() -> None:
    """A draft whose number stays wrong has a finding and a confidence below one half."""
    engine = Scripted({key: ["Betala 300 kronor."] for key in ("Pay 200 kronor.", "Pay ⟦0⟧ kronor.")})
    [made] = draft([Unit("", "It is open on Mondays. It is warm. Pay 200 kronor.")], engine)
    assert made.findings == ("number lost: 200", "number not in the source: 300")
    assert made.confidence < 0.5


def test_nothing_usable_is_no_draft() -> None:
    """When an engine answers with nothing, the text is empty and a finding says so."""
    [made] = draft([Unit("", "It is open.")], Scripted({"It is open.": [""]}))
    assert (made.text, made.findings, made.confidence) == ("", ("nothing was translated",), 0.0)


def test_texts_without_words_stay(cache: Cache) -> None:
    """Numbers, code and addresses alone are not sent to an engine."""
    engine = Scripted()
    units = ["112", "`code`", "https://example.org", "**5**", "", "![](x.png)"]
    assert texts(units, engine, cache) == units
    assert engine.asked == []


def test_without_placeholders_markup_is_sent_literally() -> None:
    """An engine that knows no placeholders gets code as it is, and it is put back as it was."""
    engine = Scripted({"Press `x` now.": ["Tryck `x` nu."], "Write to a@b.se now.": ["Skriv nu."]})
    engine.placeholders = False
    assert texts(["Press `x` now.", "Write to a@b.se now."], engine) == ["Tryck `x` nu.", "Skriv nu a@b.se."]


def test_pseudo_keeps_markup() -> None:
    """The pseudo-translation accents words and leaves links, code and placeholders alone."""
    [made] = texts(["See [the map](m.md) of {name} and `x`."], PseudoEngine())
    assert "](m.md)" in made
    assert "{name}" in made
    assert "`x`" in made
    assert "the" not in made


def test_confidence_grows_with_the_score() -> None:
    """Confidence lies between 0 and 1 and follows the decoder; a serious problem keeps it below one half."""
    values = [of_sentence(score, []) for score in (-1e9, -2, CENTRE, -0.3, -0.001)]
    assert values == sorted(values)
    assert values[0] == pytest.approx(0)
    assert values[2] == pytest.approx(0.5)
    assert of_sentence(-0.001, [Problem("", 0.5)]) < 0.5
    assert 0.5 < of_sentence(0, []) < values[-1]


def test_a_bad_sentence_is_not_outvoted() -> None:
    """The message is not surer than its sentence in which something is wrong."""
    good, bad = Outcome("a", 0, 0.9, None, ()), Outcome("b", 0, 0.3, None, ("number lost",))
    assert of_message([(100, good), (10, bad)], markup_placed=True) == 0.3
    assert of_message([(10, good), (10, good)], markup_placed=False) < 0.5
    assert of_message([], markup_placed=True) == 1.0


@pytest.mark.slow
def test_memory_stays_flat(tmp_path: Path) -> None:
    """Units are taken as they come, never more than two batches ahead."""
    taken = 0

    def units() -> Iterator[Unit]:
        nonlocal taken
        for n in range(2000):
            taken += 1
            yield Unit(str(n), f"Text {n} is here.")

    with Cache(tmp_path) as cache:
        for done, _ in enumerate(draft(units(), Scripted(), cache, batch=100), 1):
            assert taken - done <= 200


def test_the_glossary_is_used() -> None:
    """A draft that misses a term is tried again with the term protected; an inflected form is fine."""
    engine = Scripted(
        {
            "The ward is open.": ["Salen är öppen."],
            "The ⟦0⟧ is open.": ["Det ⟦0⟧ är öppet."],
            "Two wards are open.": ["Två avdelningar är öppna."],
        }
    )
    terms = {"ward": "avdelning"}
    drafts = list(draft([Unit("", "The ward is open."), Unit("", "Two wards are open.")], engine, terms=terms))
    assert [each.text for each in drafts] == ["Det avdelning är öppet.", "Två avdelningar är öppna."]
    assert [each.findings for each in drafts] == [(), ()]


def test_a_missed_term_is_told() -> None:
    """When no way leads to the glossary's word, a finding names it."""
    engine = Scripted({key: ["Salen är öppen."] for key in ("The ward is open.", "The ⟦0⟧ is open.")})
    [made] = draft([Unit("", "The ward is open.")], engine, terms={"ward": "avdelning"})
    assert made.findings == ("glossary: ward is avdelning",)


def test_terms_without_a_target_stay() -> None:
    """An entry with an empty target travels as it is, in any sentence."""
    engine = Scripted({"Ask ⟦0⟧'s staff.": ["Fråga ⟦0⟧s personal."]})
    assert [each.text for each in draft([Unit("", "Ask Ordbro's staff.")], engine, terms={"Ordbro": ""})] == [
        "Fråga Ordbros personal."
    ]


def test_an_engine_that_miscounts_is_one_error() -> None:
    """An engine with too few answers is named."""
    engine = Scripted()
    engine.translate = lambda sentences, options: []  # type: ignore[method-assign]
    with pytest.raises(EngineError, match="'scripted' gave 0 answers to 1 sentences"):
        list(draft([Unit("", "It is open.")], engine))


def test_an_engine_without_an_answer() -> None:
    """An engine that has no hypothesis for a sentence leaves it without a draft."""
    [made] = draft([Unit("", "It is open.")], Scripted({"It is open.": []}))
    assert (made.text, made.findings) == ("", ("nothing was translated",))


def test_marks_are_found_without_an_alignment() -> None:
    """For an engine that cannot align, a marked phrase is translated on its own and looked for."""
    engine = Scripted(
        {
            "See the map and the new price list.": ["Se kartan och den nya prislistan."],
            "the map": ["kartan"],
            "the new price list": ["nya prislistan"],
            "new": ["ny"],
        }
    )
    [made] = draft([Unit("", "See [the map](m.md) and [the *new* price list](p.md).")], engine)
    assert made.text == "Se [kartan](m.md) och den [*nya* prislistan](p.md)."
    assert made.findings == ()
