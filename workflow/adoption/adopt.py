"""Filling an article's catalogue from a page that was translated before Ordbro came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workflow.adoption.align import Match, align
from workflow.adoption.fill import Offer, fill
from workflow.adoption.page import read_page
from workflow.adoption.pieces import Piece, make_pieces
from workflow.article import Article, read_article
from workflow.catalogue.matching import worded
from workflow.catalogue.places import po_path
from workflow.catalogue.po import Catalogue, read
from workflow.config import Project
from workflow.errors import ArticleError
from workflow.extraction import extract
from workflow.files import write_atomic
from workflow.finding import Finding, Severity
from workflow.message import Key
from workflow.segmentation import Segment, parse_document, segments

CHECK = "adopt"
"""The id of the findings."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Adopted:
    """The outcome of an adoption."""

    path: Path
    """The catalogue."""
    adopted: int
    """How many messages got their translation from the page."""
    kept: int
    """How many had one from a person, which stayed."""
    findings: tuple[Finding, ...]
    """The texts of both pages that found no partner."""


def adopt(project: Project, locale: str, source: Path, page: Path) -> Adopted:
    """Take the translations of a page into the catalogue of the article that it translates.

    Extracts first where the catalogue does not know the article's texts. Raises ArticleError for a `source` that is
    no article, and for a page that cannot be read; CatalogueError for a broken catalogue.
    """
    article = _article(project, source)
    shown = _shown(project, page)
    there = make_pieces(read_page(page, page.as_posix(), project.translate_keys))
    here = make_pieces(segments(parse_document(article)))
    path = po_path(project, locale, article.name)
    catalogue = _catalogue(project, path, {piece.segment.key for piece in here})
    matches = align(here, there, _known(catalogue, here))
    filled, adopted, kept = fill(catalogue, [_offer(here, there, match, shown) for match in matches])
    write_atomic(path, filled.to_bytes())
    lonely = (
        *_without_translation(article, locale, filled, here),
        *_without_source(page, locale, filled, there, matches),
    )
    return Adopted(path, adopted, kept, lonely)


def _article(project: Project, source: Path) -> Article:
    top = project.articles.resolve()
    path = source.resolve()
    if not path.is_relative_to(top) or path.suffix != ".md" or not path.is_file():
        raise ArticleError(
            "is no article of this project",
            path=source,
            advice=f"name a Markdown file below {project.shown(project.articles)}/",
        )
    article = read_article(project, project.articles / path.relative_to(top))
    if not article.translatable:
        raise ArticleError("is not for translation", path=article.shown, advice="take translate: false away")
    return article


def _offer(here: Sequence[Piece], there: Sequence[Piece], match: Match, shown: str) -> Offer:
    found = there[match.target].segment
    return Offer(here[match.source].segment.key, found.text, f"{shown}:{found.line}", match.similarity)


def _shown(project: Project, page: Path) -> str:
    """How the catalogue names the page: nobody else has the folders of this computer."""
    path, top = page.resolve(), project.root.resolve()
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else page.name


def _catalogue(project: Project, path: Path, keys: set[Key]) -> Catalogue:
    """The article's catalogue, brought up to date when it does not know all of these texts."""
    if path.is_file():
        catalogue = read(path, project.shown(path))
        if keys <= {message.key for message in catalogue.live}:
            return catalogue
    extract(project)
    return read(path, project.shown(path))


def _known(catalogue: Catalogue, pieces: Sequence[Piece]) -> Mapping[int, str]:
    """What the catalogue has of translations already, by the number of the piece."""
    messages = (catalogue.get(piece.segment.key) for piece in pieces)
    return {number: message.msgstr for number, message in enumerate(messages) if message and message.msgstr}


def _without_translation(
    article: Article, locale: str, catalogue: Catalogue, pieces: Sequence[Piece]
) -> Iterator[Finding]:
    firsts = dict[Key, Segment]()
    for piece in pieces:
        firsts.setdefault(piece.segment.key, piece.segment)
    for key, segment in firsts.items():
        message = catalogue.get(key)
        if message is not None and not worded(message):
            text = f"found no translation of this {segment.kind}: {_start(segment)}"
            yield Finding(article.shown, segment.line, Severity.WARNING, CHECK, text, locale, segment.text)


def _without_source(
    page: Path, locale: str, catalogue: Catalogue, pieces: Sequence[Piece], matches: Sequence[Match]
) -> Iterator[Finding]:
    matched = {match.target for match in matches}
    present = {text for message in catalogue.live for text in message.texts}
    for number, piece in enumerate(pieces):
        if number not in matched and piece.segment.text not in present:
            text = f"nothing in the article answers this {piece.segment.kind}: {_start(piece.segment)}"
            yield Finding(page.as_posix(), piece.segment.line, Severity.WARNING, CHECK, text, locale)


def _start(segment: Segment) -> str:
    text = " ".join(segment.text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
