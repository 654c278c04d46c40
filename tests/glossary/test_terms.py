"""Terms are found in English text in every form, and in Swedish text inflected and in compounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.catalogue.places import load_shelf, po_names
from workflow.config import load_project
from workflow.glossary import Entry, Found, Glossary, load_glossary, missing, satisfied, terms_in
from workflow.message import State
from workflow.segmentation import SLUG


def glossary(*rows: tuple[str, str]) -> Glossary:
    """A glossary of these terms."""
    return Glossary(tuple(Entry(*row) for row in rows))


def found(text: str, *sources: str) -> list[str]:
    """What a glossary with these terms finds in a text, as it stands there."""
    return [text[each.start : each.end] for each in terms_in(glossary(*((source, "x") for source in sources)), text)]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("contact nurse", "Each has a contact nurse.", ["contact nurse"]),
        ("contact nurse", "Contact Nurses and contact nurse’s rooms", ["Contact Nurses", "contact nurse’s"]),
        ("contact nurse", "the contact\u00a0nurse, the contact-nurse", ["contact\u00a0nurse", "contact-nurse"]),
        ("contact nurse", "a **contact** nurse", ["contact** nurse"]),
        ("contact nurse", "contact. Nurses came", []),
        ("contact nurse", "contact nursery", []),
        ("biopsy", "two biopsies", ["biopsies"]),
        ("biopsies", "a biopsy", ["biopsy"]),
        ("diagnosis", "the diagnoses", ["diagnoses"]),
        ("metastasis", "metastases", ["metastases"]),
        ("woman", "women's health", ["women's"]),
        ("child", "Children", ["Children"]),
        ("address", "addresses", ["addresses"]),
        ("nurses", "nurse", ["nurse"]),
        ("opening hours", "Opening hours", ["Opening hours"]),
        ("IT", "it is an IT unit", ["IT"]),
        ("MRI", "two MRIs", ["MRIs"]),
        ("bus", "bu", []),
        ("virus", "viru", []),
        ("COVID-19", "after COVID-19.", ["COVID-19"]),
        ("1177", "Call 1177 or 11770", ["1177"]),
        (
            "ward",
            "[the ward](https://x.se/ward) `ward` <a href='ward'> ward@x.se {ward} %(ward)s wards",
            ["ward", "wards"],
        ),
    ],
)
def test_terms_in_english(term: str, text: str, expected: list[str]) -> None:
    """Capitals, plurals, genitives and what joins the words do not matter; code and addresses are no text."""
    assert found(text, term) == expected


def test_the_longest_term_wins() -> None:
    """Where several terms begin, the one of most words is meant, and none is found inside it."""
    sources = ("ward", "day ward", "day ward nurse", "nurse")
    assert found("The day ward nurse of the day ward, a nurse", *sources) == ["day ward nurse", "day ward", "nurse"]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("kontaktsjuksköterska", "Kontaktsjuksköterskorna ringer"),
        ("kontaktsjuksköterska", "din kontaktsjuksköterskas telefontid"),
        ("avdelning", "på strålbehandlingsavdelningen"),
        ("läkare", "Läkarna kommer"),
        ("bok", "två böcker"),
        ("hand", "Tvätta händerna"),
        ("tumör", "tumörsjukdomar"),
        ("tumör", "en dottertumör"),
        ("rum", "rummet"),
        ("öppettider", "Öppettiderna"),
        ("öppettider", "öppettid"),
        ("palliativ vård", "den palliativa vården"),
        ("regionalt cancercentrum", "Regionala cancercentrumet"),
        ("stöd och rehabilitering", "Rehabiliteringen och stödet"),
        ("patientråd", "Patientrådets möte"),
        ("besök", "besöken"),
        ("MR", "en MR-undersökning"),
    ],
)
def test_terms_in_swedish(target: str, text: str) -> None:
    """Any ending, another vowel of the stem, and a place in a compound are accepted."""
    assert satisfied(Found(0, 1, Entry("x", target)), text)


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("kontaktsjuksköterska", "Varje patient har en sjuksköterska"),
        ("strålbehandling", "radioterapi"),
        ("palliativ vård", "palliativa insatser"),
        ("cytostatika", "kemoterapi"),
        ("rum", "krumelurer"),
        ("klinisk studie", "klinisk prövning"),
        ("avdelning", ""),
    ],
)
def test_other_words_are_noticed(target: str, text: str) -> None:
    """Another word, or a part of the term only, is not the term."""
    assert not satisfied(Found(0, 1, Entry("x", target)), text)


def test_names_stay_as_they_are() -> None:
    """A term without a target must stand in the translation, a genitive's ending allowed."""
    entry = Found(0, 1, Entry("National Cancer Institute", ""))
    assert satisfied(entry, "National\u00a0Cancer Institutes studie")
    assert not satisfied(entry, "Nationella cancerinstitutet")


def test_each_missing_term_is_told_once() -> None:
    """However often a term stands in the source, one miss is told; several texts may share the terms."""
    known = glossary(("ward", "avdelning"), ("nurse", "sjuksköterska"))
    assert [each.entry.source for each in missing(known, "A ward, two wards, a nurse", "Rum", "sjuksköterskor")] == [
        "ward"
    ]


def test_the_sample_site_keeps_to_its_glossary(project: Path) -> None:
    """The reviewed Swedish of the sample site has the words of its glossary."""
    site = load_project(project)
    known = load_glossary(site, "sv")
    shelf = load_shelf(site, "sv", po_names(site, "sv"))
    used, missed = set[str](), list[str]()
    for catalogue in shelf.catalogues.values():
        for message in catalogue.live:
            if message.state is State.REVIEWED and message.msgctxt != SLUG:
                used |= {each.entry.source for each in terms_in(known, message.msgid)}
                missed += [f"{catalogue.shown}:{message.line}" for _ in missing(known, message.msgid, *message.texts)]
    assert missed == []
    assert len(used) > 20


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_what_is_found_lies_in_order(text: str, sources: list[str]) -> None:
    """Terms never overlap and never reach outside the text, whatever the glossary and the text say."""
    places = [(each.start, each.end) for each in terms_in(glossary(*((source, "x") for source in sources)), text)]
    flat = [position for place in places for position in place]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.sampled_from("nurse ward biopsy bus address diagnosis child".split()), st.text("abc ,.", max_size=10))
def test_a_term_is_found_wherever_it_stands(term: str, around: str) -> None:
    """A term between other words is found at its place."""
    text = f"{around} {term} {around}"
    assert (len(around) + 1, len(around) + 1 + len(term)) in [
        (each.start, each.end) for each in terms_in(glossary((term, "x")), text)
    ]
