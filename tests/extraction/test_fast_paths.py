"""Where most texts are spared work, the result is what the work would have given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.segmentation.generated import DOCUMENT, INLINE, NOISE
from workflow import inline, markdown

DATA = Path(__file__).parents[1] / "segmentation" / "data"
COMMONMARK = [each["markdown"] for each in json.loads((DATA / "commonmark.json").read_text(encoding="utf-8"))]
REFERENCES: list[dict[str, Any]] = [
    {},
    {"references": {}},
    {"references": {"REF": {"href": "/u", "title": "T"}, "B": {"href": "/b", "title": ""}}},
    {"references": {"REF": {"href": "/u v", "title": 'T "x"'}, "B C": {"href": "", "title": ""}}},
    {"references": {"B": {"href": "/b(c", "title": "a\nb"}, "X": {"href": "{{ x }}", "title": ""}}},
    {
        "references": {
            "REF": {"href": "/u", "title": ""},
            "^ 1": {"href": "/1", "title": ""},
            "^": {"href": "/2", "title": ""},
        },
        "footnotes": {"refs": {":1": -1}, "list": {}},
    },
]
BRACKETS = (
    "[",
    "]",
    "(",
    ")",
    "[ref]",
    "[b]",
    "[]",
    "[b\nc]",
    "](u)",
    '](u "t")',
    "](a\\)b",
    '"t")',
    "](",
    "[x][ref]",
    "[ref][]",
)
MARKS = (
    "*",
    "**",
    "_",
    "~~",
    "~",
    "!",
    "^",
    "\\",
    "`",
    ":",
    "<b",
    ">",
    '<a title="',
    "<!-- ",
    "-->",
    "{%",
    "%}",
    "{{ a",
    "}}",
)
WORDS = (
    "ref",
    "b",
    "x",
    "word ",
    "é",
    "😀",
    "&amp;",
    "{.x}",
    "<a>",
    "![b]",
    "![a][b]",
    "[^1]",
    "[^ 1]",
    "[^]",
    "<https://x.y>",
)
BREAKS = ("\n", "\n", "  \n", "\\\n", "\n ", " \n", "\t", "\n\t", "\x0c", "\xa0", "\u2028", " ", "\\\\\n")
CONTENT = (
    st.lists(st.sampled_from(BRACKETS + MARKS + WORDS + BREAKS), min_size=1, max_size=12).map("".join).map(str.strip)
)

LEADS = st.sampled_from(
    ("", "", "", "> ", "- ", "    ", "  ", "1. ", "\t", "[^1]: ", ": ", "~ ", '!!! note "A"\n    ', "-\t", " > ")
)
LINES = st.sampled_from(
    (
        *(
            "a",
            "b",
            "",
            "-",
            "=",
            "---",
            "===",
            "- - -",
            "* * *",
            "_ _ _",
            "***",
            "_\t_\t_",
            "*  *  *",
            "- -\t-",
            "----",
            "=-",
            "=== ",
        ),
        *(
            "| a |",
            "|-|",
            ":-:|-",
            "a | b",
            "```",
            "~~~",
            "# h",
            "#",
            "## x {#a .b}",
            "x {.y}",
            "{.x}",
            "{#a}",
            "--- {.x}",
            "\0",
        ),
        *(
            "<div>",
            "</div>",
            "<!-- c",
            "-->",
            "[b]: /u",
            "[b]",
            "[b]:",
            "/u",
            '"t"',
            "[^2]: z",
            "[^1]",
            "[b\nc]: x",
            "[\\]]: /x",
        ),
        *(
            "!!!",
            "??? x",
            "???+ x y",
            "::: tip A",
            "::: ",
            ":::",
            "::::",
            ": d",
            "~ d",
            ":",
            ":\td",
            "\ta",
            "    code",
            "- [ ] t",
        ),
    )
)
ENDS = st.sampled_from(("\n", "\n", "\n", "\n\n", "\r\n", "\r", "\x0c", "\u2028"))
TEXTS = st.lists(st.builds("{}{}{}{}".format, LEADS, LEADS, LINES, ENDS), min_size=1, max_size=7).map("".join)


def parsed(text: str, all_rules: bool) -> tuple[list[object], dict[str, Any]]:
    """The block tokens of a text and what it defines, with all rules or without those that are idle."""
    env: dict[str, Any] = {}
    tokens = markdown.parser().parse(text, env) if all_rules else markdown.parse_blocks(text, env)
    return [token.as_dict() for token in tokens], env


@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(CONTENT.filter(bool), st.sampled_from(REFERENCES))
@example("[^ 1] and [^]", REFERENCES[-1])
@example("{% if a == {} %}\n{% x }\n%}", REFERENCES[1])
@example('<a title=">\n">', REFERENCES[1])
@example('[x](a\\)b\n"t")', REFERENCES[1])
def test_a_message_is_what_parsing_its_text_gives(content: str, env: dict[str, Any]) -> None:
    """Reference links and line ends that are plain to see come out as those that had to be parsed."""
    assert inline.to_message(content, env) == inline._parsed_to_message(content, env)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(INLINE.map(str.strip).filter(bool), st.sampled_from(REFERENCES))
def test_a_message_of_composed_text_is_what_parsing_it_gives(content: str, env: dict[str, Any]) -> None:
    """So do links, pictures, code and HTML within each other."""
    assert inline.to_message(content, env) == inline._parsed_to_message(content, env)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Plain words.", "Plain words."),
        ("Two\nlines", "Two lines"),
        ("See [the page][ref] and [b].", 'See [the page](/u "T") and [b](/b).'),
        ("[Ref][]\nand [none][x]", '[Ref](/u "T") and [none][x]'),
    ],
)
def test_plain_texts_are_not_parsed(content: str, message: str) -> None:
    """Words, soft breaks and simple reference links become a message without a look at their grammar."""
    with patch.object(markdown, "parse_inline", side_effect=AssertionError):
        assert inline.to_message(content, REFERENCES[2]) == message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_idle_rules_change_no_example_of_the_specification(end: str) -> None:
    """Every example of CommonMark has the same tokens and definitions both ways, whatever ends its lines."""
    for text in COMMONMARK:
        changed = text.replace("\n", end)
        assert parsed(changed, all_rules=False) == parsed(changed, all_rules=True), text


@settings(max_examples=800, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_idle_rules_change_no_composed_lines(text: str) -> None:
    """Beginnings of all kinds of blocks, in any order and depth, have the same tokens with and without them."""
    assert parsed(text, all_rules=False) == parsed(text, all_rules=True)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(DOCUMENT, NOISE))
def test_idle_rules_change_no_document(text: str) -> None:
    """So have whole documents, and noise."""
    assert parsed(text, all_rules=False) == parsed(text, all_rules=True)


def test_plain_text_leaves_most_rules_idle() -> None:
    """A text of paragraphs needs but the rules for lists and paragraphs."""
    idle = set(markdown._idle_rules("\nOne line,\nanother.\n\nNext.\n"))
    assert {"table", "fence", "blockquote", "lheading", "hr", "reference", "deflist", "html_block"} <= idle
    assert "list" not in idle
