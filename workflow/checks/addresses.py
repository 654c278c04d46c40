"""Addresses: two pages of one language cannot have the same."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.addresses import make_addresses, source_slug
from workflow.article import Article
from workflow.catalogue.places import Shelf
from workflow.config import Project
from workflow.finding import Finding, Severity, from_error
from workflow.languages import tag
from workflow.library import Library
from workflow.message import Message
from workflow.publication import localised_slug
from workflow.segmentation import SLUG


def source_clashes(project: Project, library: Library) -> list[Finding]:
    """Articles whose address another one has already, in the language they are written in."""
    addresses = make_addresses(tag(project.source), library.articles, source_slug)
    return [from_error(error, "address") for error in addresses.clashes]


def locale_clashes(library: Library, shelf: Shelf) -> Iterator[Finding]:
    """Translations that give an article the address of another one; what clashes in the source is told there."""
    before = {error.path for error in make_addresses("x", library.articles, source_slug).clashes}
    addresses = make_addresses(tag(shelf.locale), library.articles, lambda article: localised_slug(shelf, article))
    by_path = {article.shown: article for article in library.articles}
    for error in addresses.clashes:
        article = by_path[str(error.path)]
        catalogue, message = shelf.catalogues.get(article.name), _message(shelf, article)
        if error.path in before or catalogue is None or message is None:
            continue
        yield Finding(
            catalogue.shown,
            message.line,
            Severity.ERROR,
            "address",
            f"{error.problem}; give one of them another address",
            shelf.locale,
            message.msgid,
        )


def _message(shelf: Shelf, article: Article) -> Message | None:
    catalogue = shelf.catalogues.get(article.name)
    message = catalogue.get((SLUG, article.slug)) if catalogue else None
    return None if message is None or message.obsolete else message
