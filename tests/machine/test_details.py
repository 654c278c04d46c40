"""Swedish forms, numbers, names: the details that a reader would stumble over."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from workflow.machine import english, names, numbers, quality, swedish
from workflow.machine.argos import ArgosEngine
from workflow.machine.drafts import Unit, draft
from workflow.machine.edits import Edits
from workflow.machine.numerals import swedish_numbers
from workflow.machine.swedish_figures import DAYS, MONTHS

HERE = Path(__file__).parent


def golden(name: str) -> list[list[str]]:
    """The lines of a golden file, cut at their arrows."""
    lines = (HERE / name).read_text(encoding="utf-8").replace("␣", "\N{NO-BREAK SPACE}").splitlines()
    return [line.split(" ⇒ ") for line in lines if line.strip() and not line.startswith("# ")]


@pytest.mark.parametrize(("source", "before", "after"), golden("details.txt"))
def test_swedish_forms(source: str, before: str, after: str) -> None:
    """Each case of the golden file gets its Swedish form, and a second time changes nothing."""
    made = Edits(before, swedish.edits(source, before)).text
    assert made == after
    assert Edits(made, swedish.edits(source, made)).text == after


def test_names_of_days_and_months_are_those_of_cldr() -> None:
    """The names that the rules know are what CLDR has, day by day and month by month."""
    english, swedish_ones = Locale("en"), Locale("sv")
    for kind, known, numbers_ in (("months", MONTHS, range(1, 13)), ("days", DAYS, range(7))):
        names_ = [getattr(each, kind)["format"]["wide"] for each in (english, swedish_ones)]
        assert known == {names_[0][n]: names_[1][n] for n in numbers_}


def test_names_survive(engine: ArgosEngine) -> None:
    """Of the names in two hundred sentences at least 98 % come through the starter letter by letter."""
    rows = golden("names.txt")
    drafts = draft([Unit("", source) for source, _ in rows], engine)
    kept = [
        name in each.text for each, (_, expected) in zip(drafts, rows, strict=True) for name in expected.split("; ")
    ]
    assert len(rows) == 200
    assert sum(kept) >= 0.98 * len(kept)


def cut(word: str) -> int:
    """A tokeniser that knows short words and cuts others into pieces of two letters."""
    return 1 if len(word) < 5 else len(word) // 2


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Professor Stephan Mielke spoke.", ["Stephan Mielke"]),
        ("We met Mielke's team.", ["Mielke"]),
        ("They visited the Food and Drug Administration (FDA).", ["Food and Drug Administration"]),
        ("Three Comprehensive Cancer Centers (CCC) exist.", []),
        ("Historians disagree.", []),
        ("I'm glad.", []),
        ("Ludwig van Beethoven lived here.", ["Ludwig van Beethoven"]),
        ("They flew to Morocco on Friday.", ["Marocko"]),
        ("The FDA and NIH agree.", []),
        ("Call 08-123 45 00 or +46 8 123 45 00.", ["08-123 45 00", "+46 8 123 45 00"]),
        ("From 2016-2021, 12-14 March, 3/4 of 1 250 000.", []),
    ],
)
def test_names_are_found(sentence: str, expected: list[str]) -> None:
    """Names that the tokeniser would cut into crumbs are found whole; countries get their Swedish name."""
    assert [name.translation for name in names.find_names(sentence, cut, "sv")] == expected


def test_acronyms_are_found() -> None:
    """Acronyms that stay the same are found, not those that Swedish has in another form, nor shouted words."""
    found = names.find_acronyms("The FDA and the UN say: READ THE NEWS about MSKCC and H5N1.")
    assert [each.translation for each in found] == ["FDA", "MSKCC", "H5N1"]


@pytest.mark.parametrize(
    ("source", "target", "lost", "invented"),
    [
        ("It costs 200 kronor.", "Det kostar 200 kronor.", (), ()),
        ("It costs 200 kronor.", "Det kostar 300 kronor.", ("200",), ("300",)),
        ("It costs 1,250.50.", "Det kostar 1 250,50.", (), ()),
        ("We close at 4 p.m.", "Vi stänger klockan 16.", (), ()),
        ("We close at 4 p.m.", "Vi stänger klockan 4.", ("4",), ("4",)),
        ("We close at 4 p.m.", "Vi stänger klockan 4 på eftermiddagen.", (), ()),
        ("Open 8 a.m. to 4:30 p.m.", "Öppet 8–16.30.", (), ()),
        ("Open 9–5 p.m.", "Öppet 9–17.", (), ()),
        ("Open 1–5 p.m.", "Öppet 13–17.", (), ()),
        ("From the 11th century.", "Från 1000-talet.", (), ()),
        ("From the 11th century.", "Från 1100-talet.", ("11",), ("1100",)),
        ("Three doctors.", "3 läkare.", (), ()),
        ("3 doctors.", "Tre läkare.", (), ()),
        ("Call 08-123 45 00.", "Ring 08-12 34 500.", (), ()),
        ("Some doctors.", "Fyra av 7 läkare.", (), ("7",)),
        ("At 10:00 we meet.", "Klockan 10 träffas vi.", (), ()),
        ("It opens at noon.", "Det öppnar klockan 12.", (), ()),
        ("It opens at noon.", "Det öppnar vid lunchtid.", (), ()),
        ("It opens at noon.", "Det öppnar.", ("noon",), ()),
        ("It opens at noon on 12 May.", "Det öppnar den 12 maj.", ("12",), ()),
    ],
)
def test_numbers_are_compared(source: str, target: str, lost: tuple[str, ...], invented: tuple[str, ...]) -> None:
    """Numbers are compared by what they mean, not by how they are written."""
    found = numbers.compare(source, target, swedish.NUMBER_WORDS)
    assert (found.lost, found.invented) == (lost, invented)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Open 8 a.m. to 4 p.m. daily.", "Open klockan 8–16 daily."),
        ("We close at 4:30 p.m.", "We close at klockan 16.30."),
        ("Built in the 11th century.", "Built in 1000-talet."),
        ("It has 1,250.5 parts.", "It has 1␣250,5 parts."),
        ("The 45th and the 22nd.", "The 45:e and the 22:a."),
        ("In 2024.", "In 2024."),
    ],
)
def test_numbers_as_placeholders(sentence: str, expected: str) -> None:
    """A protected number is put into the translation in its Swedish form."""
    assert Edits(sentence, swedish_numbers(sentence)).text == expected.replace("␣", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("source", "target", "problem"),
    [
        ("The clinic is open.", "Kliniken är öppen.", None),
        ("The clinic is open.", " … ", "nothing was translated"),
        ("Do not eat.", "Ät.", "a negation may be lost"),
        ("Please eat now.", "Ät inte nu.", "a negation that the source may not have"),
        ("An unusual case.", "Inte ett vanligt fall.", None),
        ("Care for cancer.", "Vård av prostatacancer.", "speaks of 'prostata', which the source may not"),
        ("Prostate cancer.", "Prostatacancer.", None),
        ("Research and care.", "Forskning, forskning och vård.", "says 'forskning' twice in a row"),
        ("Many, many thanks.", "Många, många tack.", None),
        ("Mielke spoke.", "Mielkekekeke talade.", "stutters: 'kekekeke'"),
        ("The clinic will close early today.", "The clinic will close early today.", "still English"),
        ("It is open on Mondays and on Tuesdays.", "Öppet.", "much shorter than the source"),
        ("It is open.", "Det är så att den nog är öppen för var och en som vill.", "much longer than the source"),
        ("Ask the FDA now.", "Fråga nu.", "acronym lost: FDA"),
        ("Use \U000f0000 now.", "Använd nu.", "something protected was lost or doubled"),
    ],
)
def test_what_is_visibly_wrong(source: str, target: str, problem: str | None) -> None:
    """Each kind of fault is seen, and its look-alikes are not."""
    assert [each.text for each in quality.problems(source, target, "sv")] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The U.S. Deputy Secretary came.", "The USA Deputy Secretary came."),
        ("U.S. hospitals took part.", "American hospitals took part."),
        ("He lives in the U.S.", "He lives in the USA."),
        ("The clinic—open since 2012—is new.", "The clinic – open since 2012 – is new."),
        ("A well-known clinic.", "A well-known clinic."),
        ("She said, ‘It’s open’ and left.", 'She said, "It’s open" and left.'),
        ("OPENING HOURS AND CONTACT", "Opening hours and contact"),
        ("MRI", "MRI"),
    ],
)
def test_english_is_made_plainer(sentence: str, expected: str) -> None:
    """What models stumble over is written in another way before it is translated."""
    assert Edits(sentence, english.edits(sentence)).text == expected


def test_edits_know_where_things_went() -> None:
    """Positions follow the text through replacements and back."""
    edits = Edits("abc def ghi", [(4, 7, "D"), (0, 1, "AAA")])
    assert edits.text == "AAAbc D ghi"
    assert edits.span((8, 11)) == (8, 11)
    assert edits.span((4, 7)) == (6, 7)
    assert edits.span((1, 3)) == (3, 5)
    assert edits.inverse().text == "abc def ghi"
    assert edits.inverse().span((6, 7)) == (4, 7)
