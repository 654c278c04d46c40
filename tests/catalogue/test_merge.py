"""What becomes of translations when the English of an article changes."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace

import pytest

from workflow.catalogue.matching import Pool
from workflow.catalogue.merge import Merged, leaving, merge, update_template
from workflow.catalogue.po import Catalogue, new_catalogue, parse
from workflow.message import Message, State

VISIT = "Visits are allowed between two and seven in the evening."
VISITS = "Visits are allowed between two and eight in the evening."
WASH = "Wash your hands before and after every visit to the ward."
PARK = "There is parking for visitors behind the main building."
CAFE = "The café on the ground floor is open every day of the week."
NIGHT = "Visits are allowed between two and eight in the daytime."
SHORT = "Visits are allowed between two and eight."
SV = {
    VISIT: "Besök tillåts mellan två och sju.",
    NIGHT: "Besök tillåts på dagen.",
    SHORT: "Besök tillåts.",
    WASH: "Tvätta händerna.",
    PARK: "Parkering finns.",
    CAFE: "Kaféet är öppet.",
}


def article(*texts: str | Message) -> list[Message]:
    """The template of an article of these texts."""
    messages = [text if isinstance(text, Message) else Message(text) for text in texts]
    return [
        replace(message, extracted=("paragraph",), references=(f"source/x.md:{number}",))
        for number, message in enumerate(messages, 1)
    ]


def reviewed(text: str, msgstr: str | None = None, **more: object) -> Message:
    """A text with a translation that a person approved."""
    message = Message(text, SV.get(text, text.upper()) if msgstr is None else msgstr)
    return replace(message, extracted=("paragraph",), references=("source/x.md",), **more)  # type: ignore[arg-type]


def machine(text: str) -> Message:
    """A text with a machine's draft."""
    return reviewed(text, "").drafted(("Maskin",), "machine argos 1.9")


def fuzzy(text: str) -> Message:
    """A text with a translation that a person doubts."""
    return reviewed(text, flags=("fuzzy",))


def gone(message: Message) -> Message:
    """The message, obsolete."""
    return replace(message, obsolete=True, extracted=(), references=())


def catalogue(*messages: Message) -> Catalogue:
    """A catalogue read from a file of these messages."""
    return parse(new_catalogue("x", "sv").arrange(messages).to_bytes(), "x.po")


def told(merged: Merged) -> list[tuple[str, str, str, bool]]:
    """English, translation, state, and whether it is obsolete, of each message in the file's order."""
    messages = parse(merged.catalogue.to_bytes(), "x.po").messages
    return [(message.msgid, message.msgstr, str(message.state), message.obsolete) for message in messages]


def live(text: str, msgstr: str | None = None, state: str = "reviewed") -> tuple[str, str, str, bool]:
    """What `told` says of a live message."""
    return text, SV[text] if msgstr is None else msgstr, state, False


def dead(text: str, msgstr: str | None = None, state: str = "reviewed") -> tuple[str, str, str, bool]:
    """What `told` says of an obsolete message."""
    return text, SV[text] if msgstr is None else msgstr, state, True


@dataclass
class Case:
    """A merge and what comes of it."""

    title: str
    old: list[Message]
    new: list[str | Message]
    expected: list[tuple[str, str, str, bool]]
    counts: dict[str, int]
    elsewhere: tuple[Message, ...] = ()


FIRST, SECOND = "The ward is closed on Sundays and holidays.", "Please call the nurse in charge before you come here."
BOTH = f"{FIRST} {SECOND}"
CASES = [
    Case(
        "nothing changed",
        [reviewed(VISIT), machine(WASH)],
        [VISIT, WASH],
        [live(VISIT), live(WASH, "Maskin", "machine")],
        {},
    ),
    Case(
        "a new text",
        [reviewed(VISIT)],
        [WASH, VISIT, PARK],
        [live(WASH, "", "untranslated"), live(VISIT), live(PARK, "", "untranslated")],
        {"added": 2},
    ),
    Case(
        "a typo was mended",
        [reviewed(VISIT), reviewed(WASH)],
        [VISITS, WASH],
        [live(VISITS, SV[VISIT], "stale"), live(WASH)],
        {"changed": 1},
    ),
    Case("a sentence was added", [reviewed(FIRST)], [BOTH], [live(BOTH, FIRST.upper(), "stale")], {"changed": 1}),
    Case(
        "a sentence was taken away", [reviewed(BOTH)], [SECOND], [live(SECOND, BOTH.upper(), "stale")], {"changed": 1}
    ),
    Case(
        "a paragraph was split",
        [reviewed(BOTH)],
        [FIRST, SECOND],
        [live(FIRST, "", "untranslated"), live(SECOND, BOTH.upper(), "stale")],
        {"changed": 1, "added": 1},
    ),
    Case(
        "two paragraphs were joined",
        [reviewed(FIRST), reviewed(SECOND)],
        [BOTH],
        [dead(FIRST, FIRST.upper()), live(BOTH, SECOND.upper(), "stale")],
        {"changed": 1, "obsoleted": 1},
    ),
    Case(
        "a paragraph moved within the article",
        [reviewed(VISIT), reviewed(WASH)],
        [WASH, VISIT],
        [live(VISIT), live(WASH)],
        {},
    ),
    Case(
        "a paragraph was deleted",
        [reviewed(VISIT), reviewed(WASH)],
        [WASH],
        [dead(VISIT), live(WASH)],
        {"obsoleted": 1},
    ),
    Case(
        "a draft and an empty message were deleted",
        [machine(VISIT), Message(PARK), reviewed(WASH)],
        [WASH],
        [live(WASH)],
        {"removed": 2},
    ),
    Case(
        "a deleted draft with a person's comment",
        [replace(machine(VISIT), comments=("mind the hours", *machine(VISIT).comments))],
        [],
        [dead(VISIT, "Maskin", "machine")],
        {"obsoleted": 1},
    ),
    Case(
        "a paragraph came back",
        [reviewed(WASH), gone(reviewed(VISIT))],
        [WASH, VISIT],
        [live(WASH), live(VISIT)],
        {"revived": 1},
    ),
    Case(
        "a paragraph came back elsewhere",
        [reviewed(WASH), reviewed(PARK), gone(reviewed(VISIT))],
        [WASH, VISIT, PARK],
        [live(WASH), live(VISIT), live(PARK)],
        {"revived": 1},
    ),
    Case("a doubted text came back", [gone(fuzzy(VISIT))], [VISIT], [live(VISIT, None, "fuzzy")], {"revived": 1}),
    Case("a doubted text was edited", [fuzzy(VISIT)], [VISITS], [live(VISITS, SV[VISIT], "stale")], {"changed": 1}),
    Case(
        "a draft's source was edited",
        [machine(VISIT)],
        [VISITS],
        [live(VISITS, "", "untranslated")],
        {"removed": 1, "added": 1},
    ),
    Case(
        "a draft that a person changed was edited",
        [replace(machine(VISIT), msgstr="Mänsklig")],
        [VISITS],
        [live(VISITS, "Mänsklig", "stale")],
        {"changed": 1},
    ),
    Case(
        "a draft's source was edited, and a reviewed text is alike",
        [machine(VISIT), gone(reviewed(NIGHT))],
        [VISITS],
        [live(VISITS, SV[NIGHT], "stale"), dead(NIGHT)],
        {"changed": 1, "removed": 1},
    ),
    Case(
        "two obsolete candidates, the likest wins",
        [gone(reviewed(SHORT)), gone(reviewed(VISIT))],
        [VISITS],
        [live(VISITS, SV[VISIT], "stale"), dead(SHORT), dead(VISIT)],
        {"changed": 1},
    ),
    Case(
        "two obsolete candidates alike, the reviewed one wins",
        [gone(fuzzy(NIGHT)), gone(reviewed(VISIT))],
        [VISITS],
        [live(VISITS, SV[VISIT], "stale"), dead(NIGHT, None, "fuzzy"), dead(VISIT)],
        {"changed": 1},
    ),
    Case(
        "a text of another context is no candidate",
        [reviewed(VISIT, msgctxt="slug")],
        [VISITS],
        [live(VISITS, "", "untranslated"), dead(VISIT)],
        {"added": 1, "obsoleted": 1},
    ),
    Case(
        "a front matter key was added",
        [reviewed(VISIT)],
        [Message("Visiting hours", msgctxt="title"), VISIT],
        [live("Visiting hours", "", "untranslated"), live(VISIT)],
        {"added": 1},
    ),
    Case(
        "the article was deleted",
        [reviewed(VISIT), machine(WASH), fuzzy(PARK)],
        [],
        [dead(VISIT), dead(PARK, None, "fuzzy")],
        {"obsoleted": 2, "removed": 1},
    ),
    Case(
        "texts moved here from another article",
        [reviewed(WASH)],
        [VISIT, WASH, PARK, CAFE],
        [live(VISIT), live(WASH), live(PARK, "Maskin", "machine"), live(CAFE, None, "fuzzy")],
        {"moved": 3},
        (gone(reviewed(VISIT)), machine(PARK), fuzzy(CAFE)),
    ),
    Case(
        "a reviewed text elsewhere is better than a draft",
        [],
        [VISIT],
        [live(VISIT)],
        {"moved": 1},
        (machine(VISIT), reviewed(VISIT)),
    ),
    Case(
        "a text moved here and was edited",
        [],
        [VISITS],
        [live(VISITS, SV[VISIT], "stale")],
        {"changed": 1},
        (reviewed(VISIT),),
    ),
    Case(
        "a text of its own is better than one elsewhere",
        [reviewed(VISIT)],
        [VISITS],
        [live(VISITS, SV[VISIT], "stale")],
        {"changed": 1},
        (reviewed(NIGHT, "Fel"),),
    ),
    Case(
        "a text elsewhere that is just the same is better than a like one",
        [reviewed(VISIT)],
        [VISITS],
        [live(VISITS, "Rätt"), dead(VISIT)],
        {"moved": 1, "obsoleted": 1},
        (reviewed(VISITS, "Rätt"),),
    ),
    Case(
        "a draft elsewhere that is merely alike is no help",
        [],
        [VISITS],
        [live(VISITS, "", "untranslated")],
        {"added": 1},
        (machine(VISIT),),
    ),
    Case(
        "a text without likeness",
        [reviewed(VISIT)],
        [CAFE],
        [live(CAFE, "", "untranslated"), dead(VISIT)],
        {"added": 1, "obsoleted": 1},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_each_step_of_an_editor_keeps_translations(case: Case) -> None:
    """After an edit, each message has the text, state and place that a careful person would give it."""
    merged = merge(catalogue(*case.old), article(*case.new), Pool.of(case.elsewhere))
    assert told(merged) == case.expected
    names = ("added", "changed", "revived", "moved", "obsoleted", "removed")
    assert {name: getattr(merged, name) for name in names if getattr(merged, name)} == case.counts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_merging_twice_changes_nothing(case: Case) -> None:
    """The second merge gives the very bytes of the first, and gettext accepts them."""
    once = merge(catalogue(*case.old), article(*case.new), Pool.of(case.elsewhere)).catalogue.to_bytes()
    read = parse(once, "x.po")
    assert merge(read, article(*case.new), Pool.of(case.elsewhere)).catalogue is read
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", "-"], input=once, capture_output=True, check=True)


def steps(start: Catalogue, *templates: list[str | Message]) -> Message:
    """The first live message after the article became each of these in turn."""
    for template in templates:
        start = parse(merge(start, article(*template)).catalogue.to_bytes(), "x.po")
    return next(start.live)


def test_the_previous_text_is_the_one_translated() -> None:
    """After two edits, `#| msgid` is still the English that the translation was made for."""
    message = steps(catalogue(reviewed(VISIT)), [VISITS], [VISITS.replace("evening", "morning")])
    assert (message.previous, message.msgstr) == (VISIT, SV[VISIT])


def test_an_edit_taken_back_leaves_no_trace() -> None:
    """A reviewed text whose English goes away and comes back has the bytes it had."""
    start = catalogue(reviewed(VISIT), reviewed(WASH))
    template = article(VISIT, WASH)
    changed = merge(start, article(VISITS, WASH)).catalogue
    assert merge(parse(changed.to_bytes(), "x.po"), template).catalogue.to_bytes() == start.to_bytes()


def test_a_doubt_outlives_an_edit_taken_back() -> None:
    """A text that was fuzzy by a person's hand is so again, not reviewed."""
    message = steps(catalogue(fuzzy(VISIT)), [VISITS], [VISIT])
    assert (message.state, message.previous) == (State.FUZZY, None)


def test_a_translation_begun_anew_is_not_taken_for_the_old() -> None:
    """Where somebody already changed the stale text, the old English makes it fuzzy, not reviewed."""
    stale = steps(catalogue(reviewed(VISIT)), [VISITS])
    message = steps(catalogue(replace(stale, msgstr="Besök till åtta.")), [VISIT])
    assert (message.state, message.msgstr) == (State.FUZZY, "Besök till åtta.")


def test_an_approved_text_is_stale_for_its_own_english() -> None:
    """`#| msgid` that an editor left beside an approved text is not taken for its source."""
    message = steps(catalogue(reviewed(VISITS, previous=VISIT)), [VISITS.replace("evening", "morning")])
    assert (message.state, message.previous) == (State.STALE, VISITS)


def test_a_text_whose_edit_stays_beside_it_has_its_translation() -> None:
    """When the old English comes back while the new one stays, both have the translation."""
    start = parse(merge(catalogue(reviewed(VISIT)), article(VISITS)).catalogue.to_bytes(), "x.po")
    merged = merge(start, article(VISITS, VISIT))
    assert told(merged) == [live(VISITS, SV[VISIT], "stale"), live(VISIT)]


def test_articles_can_swap_texts() -> None:
    """Two articles that exchange a paragraph exchange its translation."""
    one, two = catalogue(reviewed(VISIT), reviewed(WASH)), catalogue(reviewed(PARK), reviewed(CAFE))
    new_one, new_two = article(PARK, WASH), article(VISIT, CAFE)
    pool = Pool.of([*leaving(one, new_one), *leaving(two, new_two)])
    first, second = merge(one, new_one, pool), merge(two, new_two, pool)
    assert [message[:3] for message in told(first) if not message[3]] == [live(PARK)[:3], live(WASH)[:3]]
    assert [message[:3] for message in told(second) if not message[3]] == [live(VISIT)[:3], live(CAFE)[:3]]


def test_a_renamed_article_takes_all_along() -> None:
    """All texts of an article that got another name are found in the catalogue of the old one."""
    old = catalogue(reviewed(VISIT), fuzzy(WASH))
    merged = merge(new_catalogue("x", "sv"), article(VISIT, WASH), Pool.of(leaving(old, [])))
    assert told(merged) == [live(VISIT), live(WASH, None, "fuzzy")]
    assert told(merge(old, [])) == [dead(VISIT), dead(WASH, None, "fuzzy")]


def test_a_new_paragraph_rewrites_nothing() -> None:
    """One new text adds its lines and changes no other, for references have no line numbers."""
    before = catalogue(reviewed(VISIT), reviewed(WASH)).to_bytes().decode()
    after = merge(parse(before.encode(), "x.po"), article(PARK, VISIT, WASH)).catalogue.to_bytes().decode()
    added = f'\n#. paragraph\n#: source/x.md\nmsgid "{PARK}"\nmsgstr ""\n'
    assert after.replace(added, "", 1) == before


def test_what_a_person_added_stays() -> None:
    """Comments and flags of a person stay with a message through edit, deletion and return."""
    start = catalogue(reviewed(VISIT, comments=("mind the hours",), flags=("ignore-same",)))
    message = steps(start, [VISITS], [WASH], [VISITS])
    assert "mind the hours" in message.comments
    assert message.flags == ("fuzzy", "ignore-same")


def test_flags_of_the_template_are_added() -> None:
    """A format flag of the interface's text joins the message's own flags."""
    message = steps(catalogue(reviewed(VISIT, flags=("no-wrap",))), [Message(VISIT, flags=("python-format",))])
    assert message.flags == ("no-wrap", "python-format")


@pytest.mark.parametrize(("locale", "forms"), [("sv", 2), ("ja", 1), ("pl", 3)])
def test_a_new_plural_has_the_forms_of_its_language(locale: str, forms: int) -> None:
    """A text with a plural gets as many empty translations as the header says."""
    merged = merge(new_catalogue("x", locale), article(Message("%d page", msgid_plural="%d pages")))
    assert merged.catalogue.messages[0].plural == ("",) * forms


def test_a_plural_that_comes_or_goes_makes_the_text_stale() -> None:
    """No form of a translation is lost when the English gets a plural or loses it."""
    plural = Message("%d page", msgid_plural="%d pages")
    message = steps(catalogue(Message("%d page", "%d sida")), [plural])
    assert (message.state, message.plural) == (State.STALE, ("%d sida", "%d sida"))
    message = steps(catalogue(replace(plural, plural=("%d sida", "%d sidor"))), [Message("%d page")])
    assert (message.state, message.msgstr) == (State.STALE, "%d sida")
    assert "%d sidor" in message.comments
    message = steps(catalogue(Message("%d page")), [plural])
    assert (message.state, message.plural) == (State.UNTRANSLATED, ("", ""))


def test_a_template_follows_its_article() -> None:
    """A `.pot` holds just the article's texts in its order, with line numbers, and keeps the bytes of the rest."""
    start = update_template(new_catalogue("x", None), article(VISIT, WASH))
    again = update_template(parse(start.to_bytes(), "x.pot"), article(WASH, PARK))
    assert [(message.msgid, message.references) for message in again.messages] == [
        (WASH, ("source/x.md:1",)),
        (PARK, ("source/x.md:2",)),
    ]
    same = parse(again.to_bytes(), "x.pot")
    assert update_template(same, article(WASH, PARK)) is same


def test_a_large_rewrite_takes_little_time() -> None:
    """An article whose 400 paragraphs were all edited is matched one by one."""
    words = [f"w{number * 7919 % 4001}" for number in range(4000)]
    old = [" ".join(words[at : at + 10]) for at in range(0, 4000, 10)]
    merged = merge(catalogue(*map(reviewed, old)), article(*(f"{text} more" for text in old)))
    assert merged.changed == 400
