"""Which article belongs where: sections, what they list and in which order. It is the same in every language.

A folder with an `index.md` is a section; an article belongs to the nearest section above it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from workflow.article import Article


@dataclass(frozen=True, slots=True)
class Order:
    """The sections of a site."""

    top: tuple[str, ...]
    """Folders of the sections that the navigation names, by weight and path."""
    members: Mapping[str, tuple[str, ...]]
    """Section's folder → paths of its articles and of the indexes of sections within it, in order."""
    dated: frozenset[str]
    """Folders of the sections that are news: one of their articles has a date."""
    loose: tuple[str, ...]
    """Paths of the articles that belong to no section, in order."""
    folders: frozenset[str]
    """Folders of all sections."""

    def section(self, path: str) -> str | None:
        """The folder of the section that an article belongs to (an index: that it introduces), or None."""
        for folder in PurePosixPath(path).parents:
            if str(folder) in self.folders:
                return str(folder)
        return None

    def way(self, article: Article) -> list[str]:
        """Folders of the sections around an article, the outermost first, not that which it introduces."""
        around = [str(folder) for folder in PurePosixPath(article.path).parents if str(folder) in self.folders]
        return around[article.is_index :][::-1]


def make_order(articles: Iterable[Article]) -> Order:
    """Put articles into their sections.

    News come newest first, lasting information by `weight` and path; a `weight` lifts news to the front.
    """
    found = {article.path: article for article in articles}
    folders = {_folder(article) for article in found.values() if article.is_index and article.path != "index.md"}
    members: dict[str, list[Article]] = {folder: [] for folder in folders}
    loose = list[Article]()
    for article in found.values():
        if article.path == "index.md":
            continue
        above = list(PurePosixPath(article.path).parents)[article.is_index :]
        home = next((str(folder) for folder in above if str(folder) in folders), None)
        if home is not None:
            members[home].append(article)
        elif not article.is_index or article.path.count("/") > 1:
            loose.append(article)
    top = sorted((found[f"{folder}/index.md"] for folder in folders if "/" not in folder), key=_by_weight)
    return Order(
        tuple(_folder(article) for article in top),
        {folder: tuple(article.path for article in _sorted(each)) for folder, each in members.items()},
        frozenset(folder for folder, each in members.items() if any(article.published for article in each)),
        tuple(article.path for article in _sorted(loose)),
        frozenset(folders),
    )


def _folder(article: Article) -> str:
    return str(PurePosixPath(article.path).parent)


def _sorted(articles: list[Article]) -> list[Article]:
    ordered = sorted(articles, key=_by_weight)
    if any(article.published for article in articles):
        ordered.sort(key=lambda each: each.published or date.min, reverse=True)
        ordered.sort(key=lambda each: _weight(each))
    return ordered


def _by_weight(article: Article) -> tuple[float, str]:
    return _weight(article), article.path


def _weight(article: Article) -> float:
    weight = article.meta.get("weight")
    return math.inf if weight is None else float(weight)
