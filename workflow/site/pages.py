"""An article and its messages become a page view: a pure step from values to values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from markupsafe import Markup

from workflow.addresses import relative
from workflow.article import Article
from workflow.filling import MACHINE, SOURCE, Filled, Languages, fill
from workflow.languages import direction
from workflow.site import lists
from workflow.site.edition import HOME, STATIC, Edition, language_links, picture, resolve, tags
from workflow.site.views import PageView, Text

WORDS_PER_MINUTE = 200
"""Reading speed of an adult in running text."""


def article_page(edition: Edition, article: Article) -> tuple[PageView, Filled]:
    """The page of an article (or of an index: a section, the front page), and how its body came out."""
    here = edition.addresses.pages[article.path]
    languages = None if edition.source else Languages(edition.addresses.lang, edition.source_tag)
    filled = fill(
        edition.documents[article.path],
        edition.lookups[article.path],
        languages,
        lambda address: resolve(edition, article, address),
    )
    texts = edition.texts[article.path]
    kind = "home" if article.path == HOME else "section" if article.is_index else "article"
    foreign = not edition.source and not article.translatable
    machine, fallback = ("", "all") if foreign else _shares(texts, filled)
    section = lists.own_section(edition, here, article)
    own = relative(here, here)
    view = _page(
        edition,
        article.path,
        here,
        kind=kind,
        title=texts.get("title", Text("")),
        description=texts.get("description", Text("")),
        content=Markup(filled.html),  # noqa: S704 (our own HTML)
        content_lang=edition.source_tag if foreign else "",
        crumbs=lists.crumbs(edition, article, here),
        canonical=f"{edition.url}/{here}" if edition.url else "",
        date=article.published,
        updated=article.updated,
        authors=tuple(str(name) for name in article.meta.get("authors") or ()),
        tags=tags(texts),
        picture=picture(edition, article, here),
        minutes=_minutes(filled.html) if article.published else 0,
        machine=machine,
        fallback=fallback,
        original=relative(here, edition.others[0][1].pages[article.path]),
        section=section,
        related=lists.related(section, own) if kind == "article" else (),
        sections=lists.sections(edition, here) if kind == "home" else (),
    )
    return view, filled


def missing_page(edition: Edition) -> PageView:
    """The page that says that there is no such page (404); a server may show it at any address."""
    here = urlsplit(edition.url).path.rstrip("/") + "/"
    return _page(edition, HOME, here, kind="missing", original=relative(here, edition.others[0][1].home))


def root_page(edition: Edition, editions: Mapping[str, Edition]) -> PageView:
    """The page at the site's own address: it leads to the languages, each introduced in itself.

    `edition` is that of the source language, `editions` are all of them by BCP 47 tag.
    """
    page = _page(edition, HOME, "", kind="root", canonical=f"{edition.url}/" if edition.url else "")
    links = tuple(
        replace(link, description=editions[link.tag].texts[HOME].get("description", Text("")), current=False)
        for link in page.languages
    )
    return replace(page, languages=links, navigation=(), feed="")


def _page(edition: Edition, path: str, here: str, kind: str, **own: object) -> PageView:
    """A page view with what all pages have; `own` are further fields of it."""
    links = language_links(edition, path, here)
    start = f"{edition.url}/" if path == HOME and edition.url else links[0].absolute if links else ""
    page = PageView(
        kind=kind,
        lang=edition.addresses.lang,
        dir=direction(edition.locale),
        title=Text(""),
        description=Text(""),
        content=Markup(""),
        root=relative(here, edition.addresses.home),
        assets=relative(here, STATIC),
        site_name=edition.name,
        languages=links,
        navigation=lists.navigation(edition, here, path),
        feed=relative(here, edition.feed) if edition.feed else "",
        default=start,
    )
    return replace(page, **own)  # type: ignore[arg-type]


def _shares(texts: Mapping[str, Text], filled: Filled) -> tuple[str, str]:
    """Whether `all` or `some` of a page is machine text, and of it is in the source language."""
    shown = list(texts.values())
    count = len(shown) + sum(filled.states.values())
    machine = sum(text.machine for text in shown) + filled.states.get(MACHINE, 0)
    fallback = sum(text.lang is not None for text in shown) + filled.states.get(SOURCE, 0)
    return _share(machine, count), _share(fallback, count)


def _share(part: int, whole: int) -> str:
    return "" if not part else "all" if part == whole else "some"


def _minutes(html: str) -> int:
    return math.ceil(len(Markup(html).striptags().split()) / WORDS_PER_MINUTE)  # noqa: S704
