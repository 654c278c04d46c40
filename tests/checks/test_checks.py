"""Each check fires where it should and is silent where it should."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workflow.checks.registry import CHECKS
from workflow.checks.review import check_message
from workflow.finding import Severity
from workflow.message import Message, State
from workflow.publication import Policy
from workflow.segmentation import Segment

RULE = Policy((State.REVIEWED, State.MACHINE), 0.5)


def said(message: Message, segment: Segment, rule: Policy = RULE) -> dict[str, list[tuple[Severity, str]]]:
    """What the checks say of a message, by check."""
    found: dict[str, list[tuple[Severity, str]]] = {}
    for name, severity, text in check_message(message, segment, rule):
        found.setdefault(name, []).append((severity, text))
    return found


def of(
    source: str, target: str, kind: str = "paragraph", role: str = "inline"
) -> dict[str, list[tuple[Severity, str]]]:
    """What the checks say of a reviewed translation."""
    return said(Message(source, target), Segment(source, kind, 1, role))


@pytest.mark.parametrize(
    ("source", "target", "texts"),
    [
        ("We have 20 beds.", "Vi har 20 sängar.", []),
        ("We have 20 beds.", "Vi har 25 sängar.", ["the number 20 of the source", "the number 25 in the translation"]),
        ("Open 8 a.m.–4:30 p.m.", "Öppet 8.00–16.30", []),
        ("Open from 8:00 to 16:00.", "Öppet 8–16.", []),
        ("Closed at 4 p.m.", "Stänger kl. 16.", []),
        ("Closed at 4 p.m.", "Stänger kl. 17.", ["the number 4 of", "the number 17 in"]),
        ("We had 1,234,567 visits.", "Vi hade 1 234 567 besök.", []),
        ("It costs 2.5 million.", "Det kostar 2,5 miljoner.", []),
        ("We have three cars.", "Vi har 3 bilar.", []),
        ("We have 3 cars.", "Vi har tre bilar.", []),
        ("On March 12, 2024", "Den 12 mars 2024", []),
        ("Read [page 7](../p7.md).", "Läs [sidan 7](../p7.md).", []),
        ("Read [the page](https://x.org/2024/7).", "Läs [sidan](https://x.org/2024/7).", []),
        ("A note.[^1]", "En not[^1].", []),
        ("10&#8211;12 people", "10–12 personer", []),
        ("See https://x.org/5 there", "Se https://x.org/5 där", []),
        ("Phone 08-123 456 78.", "Telefon 08-12 34 56 78.", []),
    ],
)
def test_numbers(source: str, target: str, texts: list[str]) -> None:
    """A number that went or came is told; another way to write the same one is not."""
    found = [text for _, text in of(source, target).get("numbers", [])]
    assert len(found) == len(texts), found
    assert all(part in text for part, text in zip(texts, found, strict=True))


@pytest.mark.parametrize(
    ("source", "target", "kind", "fires"),
    [
        ("It is open.", "Det är öppet.", "paragraph", False),
        ("It is open.", "Det är öppet", "paragraph", True),
        ("It is open:", "Det är öppet", "list item", True),
        ("Is it open?", "Det är öppet.", "paragraph", True),
        ("Who decides", "Vem bestämmer?", "heading 2", False),
        ("When to call us", "När ska du ringa oss?", "title", False),
        ("Who decides", "Vem bestämmer?", "paragraph", True),
        ("Who decides", "Vem bestämmer.", "heading 2", True),
        ("He said: “Come.”", "Han sade: ”Kom.”", "paragraph", False),
        ("He said: “Come.”", "Han sade: ”Kom”.", "paragraph", False),
        ("Wait...", "Vänta …", "paragraph", False),
        ("Wait...", "Vänta.", "paragraph", True),
        ("Open until 4 p.m.", "Öppet till 16", "table cell", False),
        ("Bread, butter, etc.", "Bröd och smör", "table cell", False),
        ("Bread and butter", "Bröd, smör m.m.", "table cell", False),
        ("[Is it open?](x.md)", "[Är det öppet?](x.md)", "list item", False),
        ("See [here](x.md).", "Se [här](x.md).", "list item", False),
        ("See [here](x.md).", "Se [här](x.md)", "list item", True),
        ("A note.[^1]", "En not[^1].", "paragraph", False),
        ("**Consent.**", "**Samtycke.**", "paragraph", False),
        ("Ring `bell`.", "Ring `bell`.", "paragraph", False),
    ],
)
def test_end_mark(source: str, target: str, kind: str, fires: bool) -> None:
    """Another mark at the end is told, but not where languages differ in taste or an abbreviation ends the text."""
    assert ("end-mark" in of(source, target, kind)) == fires


@pytest.mark.parametrize(
    ("source", "target", "fires"),
    [
        ("Two words", "Två ord", 0),
        ("Two words", " Två ord", 1),
        ("Two words", "Två ord\n", 1),
        ("Two words", "Två  ord", 1),
        ("Two  words", "Två  ord", 0),
        ("Two words", " Två  ord", 2),
    ],
)
def test_spaces(source: str, target: str, fires: int) -> None:
    """Space that nobody put into the source is told."""
    assert len(of(source, target).get("spaces", [])) == fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("the ward is open every day", True),
        ("Stephan Mielke, Karolinska Institutet", False),
        ("PDF", False),
        ("Radiology", False),
        ("[Cancer centre](https://example.org/the/long/way)", False),
    ],
)
def test_same(text: str, fires: bool) -> None:
    """A long text that was just copied is told, a name is not."""
    assert ("same" in of(text, text)) == fires


@pytest.mark.parametrize(
    ("source", "target", "errors", "warnings"),
    [
        ("%(count)s pages", "%(count)s sidor", 0, 0),
        ("%(count)s pages", "%(antal)s sidor", 1, 1),
        ("%(count)s pages", "Sidor", 0, 1),
        ("100 % sure of %(name)s", "100 %% säker på %(name)s", 0, 0),
        ("Sure of %(name)s", "100 % säker på %(name)s", 1, 0),
        ("Read also", "Läs också", 0, 0),
    ],
)
def test_placeholders(source: str, target: str, errors: int, warnings: int) -> None:
    """A template's string must be fillable, and should name all that its source names."""
    found = of(source, target, "interface", "interface").get("placeholders", [])
    assert [severity for severity, _ in found].count(Severity.ERROR) == errors
    assert [severity for severity, _ in found].count(Severity.WARNING) == warnings


def test_every_plural_form_is_looked_at() -> None:
    """The one form of a plural may leave the number out; no form may invent a placeholder."""
    segment = Segment("%(count)s page", "interface", 0, "interface")
    message = Message("%(count)s page", msgid_plural="%(count)s pages", plural=("En sida", "%(count)s sidor"))
    assert "placeholders" not in said(message, segment)
    assert "placeholders" in said(replace(message, plural=("En sida", "%(antal)s sidor")), segment)


@pytest.mark.parametrize(
    ("target", "fires"), [("kontakta-oss", False), ("Kontakta oss", True), ("kontakta_oss", True), ("väg", True)]
)
def test_address(target: str, fires: bool) -> None:
    """An address with other characters than small letters, digits and hyphens is told, with what it becomes."""
    segment = Segment("contact", "last part of the address", 1, "front", context="slug")
    found = said(Message("contact", target, msgctxt="slug"), segment)
    assert ("address" in found) == fires
    assert not fires or "the address will be" in found["address"][0][1]


def message(state: State, text: str = "Öppet.", confidence: float = 0.9) -> Message:
    """A message in a state."""
    plain = Message("It is open.", text)
    return {
        State.REVIEWED: plain,
        State.FUZZY: replace(plain, flags=("fuzzy",)),
        State.STALE: replace(plain, flags=("fuzzy",), previous="It was open."),
        State.MACHINE: replace(plain, msgstr="").drafted((text,), f"machine x confidence={confidence:.2f}"),
    }[state]


PARAGRAPH = Segment("It is open.", "paragraph", 1, "inline")


@pytest.mark.parametrize(
    ("state", "confidence", "part"),
    [
        (State.REVIEWED, 0.9, None),
        (State.MACHINE, 0.9, None),
        (State.MACHINE, 0.5, None),
        (State.MACHINE, 0.49, "unsure of its draft (0.49, and 0.5 is needed)"),
        (State.STALE, 0.9, "edited after"),
        (State.FUZZY, 0.9, "marked it fuzzy"),
    ],
)
def test_not_shown(state: State, confidence: float, part: str | None) -> None:
    """Of each translation that readers do not see it is said why, as a note."""
    found = said(message(state, confidence=confidence), PARAGRAPH).get("not-shown", [])
    assert [severity for severity, _ in found] == ([Severity.INFO] if part else [])
    assert part is None or part in found[0][1]


def test_an_adopted_text_waits_for_approval() -> None:
    """Of a text that was taken from an old page it is not said that a person doubts it."""
    adopted = replace(message(State.FUZZY), comments=("ordbro: adopted old/visit.sv.md:3 similarity=0.90",))
    ((_, text),) = said(adopted, PARAGRAPH)["not-shown"]
    assert text == "readers see the English: adopted, waits for a person's approval"


@pytest.mark.parametrize(
    ("forms", "part"),
    [
        (("En sida", "%(count)s sidor"), None),
        (("", ""), None),
        (("En sida", ""), "msgstr[1] is empty"),
        (("", "a", ""), "msgstr[0], msgstr[2] are empty"),
    ],
)
def test_an_empty_plural_form_is_told(forms: tuple[str, ...], part: str | None) -> None:
    """A message with some of its plural forms is a warning, and nothing else is said of it."""
    segment = Segment("%(count)s page", "interface", 0, "interface")
    found = said(Message("%(count)s page", msgid_plural="%(count)s pages", plural=forms), segment)
    assert list(found) == (["plural"] if part else [])
    assert part is None or part in found["plural"][0][1]


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("Open.", "<b>Öppet.</b>", "the translation has an HTML tag that the source text does not have: <b>; "),
        ("See <br>.", "Se.", "the translation lacks the HTML tag <br>; "),
        ("A ![x](a.png) here", "Ett ![x](a.png) ![x](a.png) här", "the picture a.png more often than the source text"),
        ("Open.", "*Öppet.*", "has emphasis (*…*), which the source text does not have"),
        ("Open.", "Öppet {{ x }}.", "has a template tag that the source text does not have: {{ x }}"),
    ],
)
def test_what_makes_a_translation_unusable_is_told_in_plain_words(source: str, target: str, text: str) -> None:
    """A translator reads what the translation has or lacks, in a sentence that can be read aloud."""
    assert any(text in told for _, told in of(source, target)["markup"])


def test_drafts_on_a_page_for_reviewed_texts_only() -> None:
    """Where a page shows no drafts at all, that is the reason."""
    ((_, text),) = said(message(State.MACHINE), PARAGRAPH, Policy((State.REVIEWED,)))["not-shown"]
    assert "machine drafts are not shown on this page" in text


@pytest.mark.parametrize(
    ("state", "severity"),
    [
        (State.REVIEWED, [Severity.ERROR]),
        (State.MACHINE, [Severity.ERROR]),
        (State.FUZZY, [Severity.WARNING]),
        (State.STALE, []),
    ],
)
def test_what_readers_do_not_see_is_no_error(state: State, severity: list[Severity]) -> None:
    """Broken markup is an error where it is shown, a warning in a doubtful text, and no news in a stale one."""
    found = said(message(state, "<b>Öppet."), PARAGRAPH).get("markup", [])
    assert [each for each, _ in found] == severity


def test_every_check_has_a_title() -> None:
    """The first line of each check's docstring is its title: one sentence."""
    for check in CHECKS.values():
        title = (check.__doc__ or "").splitlines()[0]
        assert title.endswith(".")
        assert 10 < len(title) <= 120
