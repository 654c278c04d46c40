"""Markup comes off, goes back, and is never lost or broken."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.machine import marked
from workflow.machine.argos import ArgosEngine
from workflow.machine.drafts import Draft, Unit, draft
from workflow.machine.engine import Alignment
from workflow.machine.markdown_pieces import cut_markdown
from workflow.machine.markup import Protected, atom_char, protect
from workflow.machine.pieces import partition
from workflow.machine.placement import Part, restore
from workflow.machine.pseudo import PseudoEngine
from workflow.machine.texts import Syntax, Text

CASES = marked.read_cases()
MARKDOWN = st.lists(
    st.sampled_from(
        "a|b c|*|**|_|~~|`|[|](x)|![|](i.png)|\\|\\\n|<b>|</b>|<br>|&amp;|&|{x}|{{ y }}|%s|[^1]|https://a.b/c| |. |!|"
        '⟦0⟧|x@y.se|<https://a.b>|]{.c}|(|)|"|H<sub>2</sub>O|å|\U000f0000'.split("|")
    ),
    max_size=12,
).map("".join)


def inventory(protected: Protected) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], Counter[str]]:
    """What is protected in a message: atoms, marks and points, each with how often it stands there."""
    return (
        Counter(atom.frame for atom in protected.atoms),
        Counter(mark.frame for mark in protected.marks),
        Counter(point.raw for point in protected.points),
    )


@pytest.fixture(scope="module")
def drafts(engine: ArgosEngine) -> dict[str, Draft]:
    """The starter's drafts of the golden file."""
    return {each.unit.text: each for each in draft([Unit("", case.source) for case in CASES], engine)}


def test_the_golden_file_is_large() -> None:
    """The golden file has at least 250 cases, each with a reference for each of its marks."""
    assert len({case.source for case in CASES}) == len(CASES) >= 250
    for case in CASES:
        assert len(protect(case.source).marks) == len(case.expected), case.source


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_everything_protected_stands_exactly_once(case: marked.Case, drafts: dict[str, Draft]) -> None:
    """In every draft of the golden file all links, code, images and the rest stand as often as in the source."""
    text = drafts[case.source].text
    assert text
    assert inventory(protect(text)) == inventory(protect(case.source))


def test_the_right_words_are_marked(drafts: dict[str, Draft]) -> None:
    """At least nine of ten marks stand around the words of the reference."""
    hits = total = 0
    for case in CASES:
        source, target = marked.protect_both(case.source, drafts[case.source].text)
        for twin, expected in zip(marked.in_source_order(source, target), case.expected, strict=True):
            total += 1
            hits += twin is not None and marked.right(target.plain[twin.start : twin.end], expected)
    assert hits >= 0.9 * total


@given(MARKDOWN)
def test_pieces_joined_are_the_message(message: str) -> None:
    """Whatever the message is, the source of its pieces joined gives it back."""
    assert "".join(piece.raw for piece in partition(message)) == message


@given(st.text(alphabet=st.sampled_from("ab *_`[]()<>!&;{}\\~.:/@%s\n\U000f0000^"), max_size=25))
def test_plain_texts_and_html_are_kept_too(message: str) -> None:
    """Also as plain text or HTML, pieces joined are the message, and its own words put back give it again."""
    for syntax in (Syntax.PLAIN, Syntax.HTML):
        assert "".join(piece.raw for piece in partition(message, syntax)) == message
        protected = protect(message, syntax)
        whole = [Part(0, len(protected.plain), protected.plain)] if protected.plain else []
        restored = restore(protected, whole)
        if restored.text or not message:
            assert inventory(protect(restored.text, syntax)) == inventory(protected)
        if syntax is Syntax.PLAIN and restored.text:
            assert restored.text == message


@given(st.text(alphabet=st.sampled_from('ab.!:;)("’-%s@/w\U000f0000 }'), max_size=25))
def test_a_text_without_markdown_takes_the_short_way(message: str) -> None:
    """What has no sign of Markdown is cut as the parser would cut it."""
    assert partition(message) == list(cut_markdown(message))


@given(MARKDOWN)
def test_an_unchanged_translation_is_the_message(message: str) -> None:
    """Restoring a message's own words keeps all that is protected, and its words."""
    protected = protect(message)
    restored = restore(protected, [Part(0, len(protected.plain), protected.plain)] if protected.plain else [])
    if restored.text or not message:
        again = protect(restored.text)
        assert inventory(again) == inventory(protected)
        assert restored.findings == ()


@given(
    MARKDOWN, st.text(alphabet=st.sampled_from("ab *_`[]()<>!&{}\\~.\n\U000f0000\U000f0001"), max_size=20), st.data()
)
def test_nothing_protected_is_ever_lost(message: str, target: str, data: st.DataObject) -> None:
    """Whatever an engine answers, the result has all that is protected, or is empty with a finding."""
    protected = protect(message)
    size = len(protected.plain)
    spans = st.tuples(st.integers(0, size), st.integers(0, size)).map(lambda span: (min(span), max(span)))
    pieces = [(n, n + 1) for n in range(len(target))]
    sources = tuple(data.draw(spans) for _ in range(3))
    rows = tuple(bytes(data.draw(st.lists(st.integers(0, 255), min_size=3, max_size=3))) for _ in pieces)
    parts = [Part(0, size, target.replace("\n", " "), Alignment(sources, tuple(pieces), rows))] if size else []
    restored = restore(protected, parts)
    if restored.text:
        assert inventory(protect(restored.text)) == inventory(protected)
    elif message:
        assert restored.findings or not target.strip() or not size


def test_protecting_lifts_everything_off() -> None:
    """The plain text has the words; what surrounds them is remembered."""
    protected = protect('See [the `a_b` *file*](x.md "T"){.c} \\* now.[^1]\\\nCall **us**')
    assert protected.plain == f"See the {atom_char(0)} file * now.\nCall us"
    assert [(mark.name, mark.before, mark.after) for mark in protected.marks] == [
        ("link", "[", '](x.md "T"){.c}'),
        ("em", "*", "*"),
        ("strong", "**", "**"),
    ]
    assert [point.raw for point in protected.points] == ["[^1]"]
    assert protected.breaks == ("\\\n",)


def test_text_that_looks_like_markup_stays_text() -> None:
    """Signs of Markdown in an engine's answer are escaped where they would become markup."""
    protected = protect("Plain words.")
    for answer in ("*a* [b](c) `d` <e> &amp; ~~f~~ _g_ ![h](i)", "a * b", "snake_case_name", "{{ x }} [^1] a@b.se \\"):
        text = restore(protected, [Part(0, 12, answer)]).text
        assert protect(text).plain == answer or "{{" in answer
        assert not protect(text).marks


def test_what_cannot_be_placed_is_kept_at_the_end() -> None:
    """A link whose words came to nothing stands at the end, with a finding."""
    restored = restore(protect("See [the map](m.md)."), [Part(0, 12, "Ja.")])
    assert restored.text == "Ja. [the map](m.md)"
    assert restored.findings == ("markup could not be placed: […](m.md)",)


def test_a_lost_item_is_kept_at_the_end_of_its_sentence() -> None:
    """Code that the engine dropped is put before the full stop, with a finding."""
    restored = restore(protect("Press `x` now."), [Part(0, 12, "Tryck nu.")])
    assert restored.text == "Tryck nu `x`."
    assert restored.findings == ("kept at the end of its sentence: `x`",)


def test_a_doubled_item_stands_once() -> None:
    """Code that the engine repeated is kept once."""
    assert restore(protect("Press `x` now."), [Part(0, 12, f"Tryck {atom_char(0)} {atom_char(0)} nu.")]).text == (
        "Tryck `x` nu."
    )


def test_titles_of_links_and_images_are_translated() -> None:
    """What a reader sees on hovering is translated, also on an image in a link; addresses stay."""
    source = """See [map](m.md "A `map`") and [![pic](i.png 'One &amp; two')](<a b.md> (Go))."""
    protected = protect(source)
    assert protected.inner == (
        Text(Syntax.MARKDOWN, "pic"),
        Text(Syntax.PLAIN, "One & two"),
        Text(Syntax.PLAIN, "Go"),
        Text(Syntax.PLAIN, "A `map`"),
    )
    inner = dict(zip(protected.inner, ("bild", 'Ett "&amp;" två', "", "En `karta`"), strict=True))
    restored = restore(protected, [Part(0, len(protected.plain), protected.plain)], inner)
    assert restored.text == (
        """See [map](m.md "En &#96;karta&#96;") and [![bild](i.png "Ett \\"&amp;amp;\\" två")](<a b.md> (Go))."""
    )


def test_brackets_in_a_description_stay_in_pairs() -> None:
    """Pseudo text in brackets is kept in an image's description and around it."""
    [made] = draft([Unit("", "Text ![a picture](i.png) within a sentence.")], PseudoEngine())
    assert made.findings == ()
    [image] = [atom for atom in protect(made.text).atoms if atom.before == "!["]
    assert protect(image.label).plain.startswith("[á þíçŧůŕé".replace("ŕ", "ř"))
