"""Amounts with signs and units: what a patient may act on must not change on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.config import Project, load_project
from workflow.machine.drafts import Unit, draft
from workflow.machine.engine import load_engine
from workflow.machine.numerals import swedish_numbers, without_words
from workflow.machine.quantities import lost


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that translates into Swedish."""
    (tmp_path / "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv"]\n', encoding="utf-8")
    return load_project(tmp_path)


@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("and < 5 mg.", "och värme 5 mg.", ["<"]),
        ("and < 5 mg.", "och mindre än 5 mg.", []),
        ("± 0.5 % of 3 ml", "0,5 procent av 3 mal", ["±", "ml"]),
        ("It costs £5.", "Det kostar 5 pund.", []),
        ("It costs £5.", "Det kostar 5.", ["£"]),
        ("10^9^/l", "10AI9Z/l", ["^"]),
        ("2 kg of apples", "2 kilo äpplen", []),
        ("4 mg", "4 mig", ["mg"]),
    ],
)
def test_lost_signs_and_units_are_named(source: str, target: str, missing: list[str]) -> None:
    """A sign or unit of the source that the Swedish neither has nor says in words is named."""
    assert lost(source, target) == missing


def test_amounts_travel_with_their_signs_and_units() -> None:
    """A number, the sign before it and the unit behind it are one item, in Swedish form."""
    text = "Take < 1,250.5 mg/kg daily"
    ((start, end, value),) = swedish_numbers(text)
    assert text[start:end] == "< 1,250.5 mg/kg"
    assert value == "< 1\u00a0250,5\u00a0mg/kg"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("12,000", "12\u00a0000"),
        ("1.5", "1,5"),
        ("0.25", "0,25"),
        ("14:00–16:00", "14.00–16.00"),
        ("2024", "2024"),
        ("–", "–"),
    ],
)
def test_a_text_that_is_only_a_number_gets_swedish_form(source: str, target: str) -> None:
    """A cell of a table that holds a number alone is written as the numbers in sentences are."""
    assert without_words(source) == target


def test_the_starter_keeps_amounts(project: Project) -> None:
    """Doses, limits and numbers alone come through the whole line with every sign and unit."""
    sources = ["Take < 5 mg a day, and not > 10 mg.", "≥ 2.5 mg/kg and ± 0.5 % of 1,234.56 ml", "12,000"]
    units = [Unit(str(number), text) for number, text in enumerate(sources)]
    first, second, third = (each.text for each in draft(units, load_engine("argos", project, "sv")))
    assert "< 5\u00a0mg" in first
    assert "> 10\u00a0mg" in first
    assert "2,5\u00a0mg/kg" in second
    assert "±" in second
    assert "1\u00a0234,56\u00a0ml" in second
    assert third == "12\u00a0000"
