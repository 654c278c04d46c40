"""Which language a file means: `sv`, `sv-SE`, `SV` and `sv_se` are all Swedish."""

from __future__ import annotations

from collections.abc import Iterable


def fitness(tag: str, wanted: str) -> int:
    """How well a language tag of a file fits a locale (POSIX name or tag): 0 not at all, 2 best.

    A tag without a country fits a locale with one, and the other way round; two countries must be the same.
    """
    here, there = _parts(tag), _parts(wanted)
    if here == there:
        return 2
    return int(here[0] == there[0] and (len(here) == 1 or len(there) == 1))


def best(tags: Iterable[str], wanted: str, preferred: str = "") -> list[int]:
    """The places of the tags that fit a locale best; among equals those of the tag `preferred`, if there are any."""
    known = list(tags)
    scores = [(fitness(tag, wanted), _parts(tag) == _parts(preferred)) for tag in known]
    top = max(scores, default=(0, False))
    return [place for place, score in enumerate(scores) if score == top and score[0]]


def _parts(tag: str) -> list[str]:
    return tag.strip().replace("_", "-").casefold().partition("@")[0].split("-")
