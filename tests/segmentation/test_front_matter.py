"""Which values of the front matter translators get."""

from __future__ import annotations

import pytest

from tests.segmentation import documents
from workflow.article import parse_article
from workflow.errors import ArticleError

NESTED = """\
---
title: Title
hero:
  text: Hero text
  button: {label: Press, url: /x}
cards:
- title: Card 1
  body: >-
    Folded
    text
- title: Card 2
  count: 3
notes: [first, [second, "third"]]
other: Other
---
"""


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("title",), ["2 title=Title"]),
        (("hero.text", "cards.title"), ["4 hero.text=Hero text", "7 cards.0.title=Card 1", "11 cards.1.title=Card 2"]),
        (("hero",), ["4 hero.text=Hero text", "5 hero.button.label=Press", "5 hero.button.url=/x"]),
        (("cards.body", "cards.count"), ["8 cards.0.body=Folded text"]),
        (("notes",), ["13 notes.0=first", "13 notes.1.0=second", "13 notes.1.1=third"]),
        (("her", "hero.te", "missing"), []),
        ((), []),
    ],
)
def test_translate_keys_choose_values(keys: tuple[str, ...], expected: list[str]) -> None:
    """A key, or a path into nested values with or without lists on the way, chooses the texts at and below it."""
    texts = documents.article(NESTED, keys).texts
    assert [f"{each.line} {each.key}={each.value}" for each in texts] == expected


@pytest.mark.parametrize(
    "front",
    [
        "tags: &a [x, *a]",
        "tags: &a {b: *a}",
        "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\ntags: [*c, *c, *c]",
    ],
)
def test_aliases_are_walked_once(front: str) -> None:
    """Aliases that repeat each other, or stand in themselves, cost nothing; what they hold is found once."""
    try:
        texts = documents.article(f"---\ntitle: T\n{front}\n---\n").texts
    except ArticleError:
        return
    assert len(texts) <= 4


def test_the_body_keeps_its_lines() -> None:
    """Lines are those of the file, with front matter and without."""
    with_front = parse_article("---\ntitle: T\n---\n\n# One\n", "x.md", "source/x.md", ("title",))
    assert (with_front.body_line, with_front.body) == (4, "\n# One\n")
    assert [each.line for each in documents.found("---\ntitle: T\n...\n\n# One\n\ntwo\n")] == [2, 5, 7]


@pytest.mark.parametrize(
    ("front", "line", "problem", "advice"),
    [
        ("title: X\ndate: 2024-13-45\ntags: [a]", 3, "there is no date 2024-13-45", "write a date as 2024-03-20"),
        ("title: X\nupdated: 2024-01-01 25:99:99", 3, "there is no date 2024-01-01 25:99:99", "2024-03-20"),
        ("title: X\n\ttags: [a]", 3, "the line begins with a tab", "spaces"),
        ("title: X\ntags:\n\t- a", 4, "the line begins with a tab", "spaces"),
        ("title:X\ndate: 2024-01-01", 2, "there is no space after title:", "write title: X"),
        ("title:X", 2, "there is no space after title:", "write title: X"),
        ("title: X\ndate:2024-01-01\ntags: [a]", 3, "there is no space after date:", "write date: 2024-01-01"),
        ("title: X\ndate 2024-01-01\ntags: [a]", 3, "there is no colon in the line", "write it as key: value"),
        ("title: X\ndate 2024-01-01", 3, "there is no colon in the line", "such as date: …"),
        ("title: X\ndescription: Read: now\ntags: [a]", 3, "holds a colon", 'marks: description: "Read: now"'),
        ('title: A "b": c', 2, "holds a colon", "marks: title: 'A \"b\": c'"),
        ('title: "X\ndate: 2024-01-01', 2, "has no quotation mark at its end", 'put " there'),
        ('title: "X" y', 2, "goes on behind its quotation mark", "title: '\"X\" y'"),
        ("title: @x", 2, "begins with @", 'title: "@x"'),
        ("title: X\ntags: [a\ndate: 2024-01-01", 3, "the bracket [ after tags: is not closed", "put ]"),
        ("title: X\n\nSome text.", 4, "it is not closed", "put a line ---"),
        ("- a", 2, "it is no list of keys and values", "key: value"),
    ],
)
def test_what_is_no_yaml_is_told_in_plain_words(front: str, line: int, problem: str, advice: str) -> None:
    """The line at fault is named, with what is wrong and what to write."""
    with pytest.raises(ArticleError) as caught:
        parse_article(f"---\n{front}\n---\n", "x.md", "source/x.md", ("title",))
    assert caught.value.line == line
    assert problem in caught.value.problem
    assert advice in caught.value.advice


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: X\n\nText.\n", 3),
        ("---\ntitle: X\ntags:\n  - a\n# Text\n\nMore.\n", 6),
        ("---\ntitle: X\n----\n\nText.\n", 3),
        ("---\ntitle: X\nText.\n", 3),
        ("---\ntitle: X\n", 3),
    ],
)
def test_front_matter_without_an_end_is_told(text: str, line: int) -> None:
    """Where the closing line is missing the article is told so, with the place where it belongs."""
    with pytest.raises(ArticleError, match="front matter: it is not closed") as caught:
        parse_article(text, "x.md", "source/x.md", ("title",))
    assert caught.value.line == line
