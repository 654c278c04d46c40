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
