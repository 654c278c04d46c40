"""Articles for measuring: as many as asked for, of sentences written for this project, the same on every machine."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

SENTENCES = Path(__file__).with_name("data") / "sentences.txt"
WORDS = 800
"""About how many words an article has."""

SETTINGS = '[tool.ordbro]\nname = "Bench"\nurl = "https://example.org"\nsource = "en"\nlocales = ["sv"]\n'


def sentences() -> list[str]:
    """Three thousand English sentences of varied lengths."""
    return SENTENCES.read_text(encoding="utf-8").splitlines()


def make_project(folder: Path, articles: int) -> None:
    """A project of so many articles in a new folder."""
    (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "templates").mkdir()
    for number in range(articles):
        path = folder / "source" / f"section-{number % 20}" / f"article-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number), encoding="utf-8")


def article(number: int) -> str:
    """One article with the blocks that such articles have."""
    rng = random.Random(number)
    known = sentences()
    head = f"---\ntitle: {_plain(rng, known)!r}\ndescription: {_plain(rng, known)!r}\ndate: 2024-01-15\n"
    blocks, words = [head + "tags: [Research, Care]\n---"], 0
    while words < WORDS:
        block = rng.choice(BLOCKS)(rng, known)
        words += len(block.split())
        blocks.append(block)
    blocks.append(f'[ref]: https://example.org/{number} "A title"\n\n[^1]: {_sentence(rng, known)}')
    return "\n\n".join(blocks) + "\n"


def _plain(rng: random.Random, known: list[str]) -> str:
    return rng.choice(known).replace("'", "’")


def _sentence(rng: random.Random, known: list[str]) -> str:
    """A sentence, now and then with marks around some of its words."""
    words = rng.choice(known).split()
    if rng.random() < 0.3 and len(words) > 5:
        at = rng.randrange(1, len(words) - 3)
        before, after = rng.choice(
            [("**", "**"), ("*", "*"), ("[", "](https://example.org/page)"), ("[", "][ref]"), ("`", "`")]
        )
        words[at], words[at + 1] = before + words[at], words[at + 1] + after
    return " ".join(words)


def _paragraph(rng: random.Random, known: list[str]) -> str:
    text = " ".join(_sentence(rng, known) for _ in range(rng.randint(2, 5)))
    return "\n".join(textwrap.wrap(text + ("[^1]" if rng.random() < 0.1 else ""), 90))


def _heading(rng: random.Random, known: list[str]) -> str:
    return "#" * rng.randint(2, 3) + " " + " ".join(_plain(rng, known).split()[:6])


def _list(rng: random.Random, known: list[str]) -> str:
    return "\n".join(f"- {_sentence(rng, known)}" for _ in range(rng.randint(3, 6)))


def _steps(rng: random.Random, known: list[str]) -> str:
    return "\n".join(f"{n}. {_sentence(rng, known)}" for n in range(1, rng.randint(4, 6)))


def _quote(rng: random.Random, known: list[str]) -> str:
    return "> " + _sentence(rng, known)


def _table(rng: random.Random, known: list[str]) -> str:
    rows = [[" ".join(_plain(rng, known).split()[:3]).replace("|", "") for _ in range(3)] for _ in range(4)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---|---|---|", *lines[1:]])


Block = Callable[[random.Random, list[str]], str]
BLOCKS: list[Block] = [_paragraph, _paragraph, _paragraph, _heading, _list, _steps, _quote, _table]


def texts(folder: Path) -> Iterator[str]:
    """The articles of a project made by `make_project`, without their front matter."""
    for path in sorted(folder.rglob("source/**/*.md")):
        yield path.read_text(encoding="utf-8").split("---\n", 2)[2]
