"""An article and its messages become a page view: a pure step from values to values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from markupsafe import Markup

from workflow.addresses import Addresses, is_local, named_file, relative
from workflow.article import Article
from workflow.filling import MACHINE, SOURCE, Filled, Languages, Target, fill
from workflow.languages import direction
from workflow.segmentation import Document, Segment, front_segments
from workflow.site.views import LanguageLink, Link, PageView, Picture, Section, Teaser, Text

MEDIA, STATIC = "media/", "static/"
"""Folders below the site's root: files from `source/`, files from `templates/static/`."""

WORDS_PER_MINUTE = 200
"""Reading speed of an adult in running text."""

Lookup = Callable[[Segment], Target]


@dataclass(frozen=True, slots=True)
class Edition:
    """The site in one language: everything that its pages share."""

    name: str
    """The site's name."""
    url: str
    """The site's own address, empty if unknown."""
    locale: str
    """POSIX name of the language."""
    source: bool
    """Whether it is the language that articles are written in."""
    source_tag: str
    """BCP 47 tag of that language."""
    documents: Mapping[str, Document]
    """Article's path → its document; drafts are left out."""
    lookups: Mapping[str, Lookup]
    """Article's path → what to show for its segments."""
    addresses: Addresses
    """Where the pages of this language lie."""
    others: tuple[tuple[str, Addresses], ...] = ()
    """All languages of the site with their own names, the source language first, this one included."""
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Path below `source/` → natural size of a picture."""


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
    texts = front_texts(edition, article)
    kind = "article" if not article.is_index else "home" if article.name == "index" else "section"
    machine, fallback = _shares(texts, filled)
    folder = str(PurePosixPath(article.path).parent)
    section = _section(edition, here, folder) if folder != "." else None
    view = PageView(
        kind=kind,
        lang=edition.addresses.lang,
        dir=direction(edition.locale),
        title=texts["title"],
        description=texts.get("description", Text("")),
        content=Markup(filled.html),  # noqa: S704 (our own HTML)
        root=relative(here, edition.addresses.home),
        assets=relative(here, STATIC),
        site_name=edition.name,
        languages=_languages(edition, article.path, here),
        navigation=_navigation(edition, here, folder),
        crumbs=_crumbs(edition, article, here),
        canonical=f"{edition.url}/{here}" if edition.url else "",
        date=article.published,
        updated=article.updated,
        authors=tuple(str(name) for name in article.meta.get("authors") or ()),
        tags=_tags(texts),
        picture=_picture(edition, article, here, texts),
        minutes=_minutes(filled.html) if article.published else 0,
        machine=machine,
        fallback=fallback,
        original=relative(here, edition.others[0][1].pages.get(article.path, edition.others[0][1].home)),
        section=section,
        related=_related(section, here, edition, article) if kind == "article" and section else (),
        sections=tuple(_section(edition, here, name) for name in _folders(edition)) if kind == "home" else (),
    )
    return view, filled


def missing_page(edition: Edition) -> PageView:
    """The page that says that there is no such page (404); a server may show it at any address."""
    here = urlsplit(edition.url).path.rstrip("/") + "/"
    return PageView(
        kind="missing",
        lang=edition.addresses.lang,
        dir=direction(edition.locale),
        title=Text(""),
        description=Text(""),
        content=Markup(""),
        root=relative(here, edition.addresses.home),
        assets=relative(here, STATIC),
        site_name=edition.name,
        languages=_languages(edition, "index.md", here),
        navigation=_navigation(edition, here, ""),
        original=relative(here, edition.others[0][1].home),
        sections=tuple(_section(edition, here, name) for name in _folders(edition)),
    )


def resolve(edition: Edition, article: Article, address: str) -> str:
    """The address that a link or picture of an article gets on its page."""
    if not is_local(address):
        return address
    path, rest = named_file(article, address)
    here = edition.addresses.pages[article.path]
    if path in edition.addresses.pages:
        return relative(here, edition.addresses.pages[path]) + rest
    if path.startswith("..") or path.endswith(".md"):
        return address
    return relative(here, MEDIA + path) + rest


def front_texts(edition: Edition, article: Article) -> dict[str, Text]:
    """The texts of the front matter as they are shown, by key (`title`, `tags.0`)."""
    shown = {
        segment.text: _text(edition, article, segment) for segment in front_segments(article) if segment.context is None
    }
    return {each.key: shown[each.value] for each in article.texts}


def _text(edition: Edition, article: Article, segment: Segment) -> Text:
    if edition.source:
        return Text(segment.text)
    target = edition.lookups[article.path](segment) if article.translatable else Target("", SOURCE)
    if not target.text.strip():
        return Text(segment.text, lang=edition.source_tag)
    return Text(target.text, machine=target.state == MACHINE)


def _shares(texts: dict[str, Text], filled: Filled) -> tuple[str, str]:
    """Whether `all` or `some` of a page is machine text, and of it is in the source language."""
    shown = list(texts.values())
    count = len(shown) + sum(filled.states.values())
    machine = sum(text.machine for text in shown) + filled.states.get(MACHINE, 0)
    fallback = sum(text.lang is not None for text in shown) + filled.states.get(SOURCE, 0)
    return _share(machine, count), _share(fallback, count)


def _share(part: int, whole: int) -> str:
    return "" if not part else "all" if part == whole else "some"


def _tags(texts: dict[str, Text]) -> tuple[Text, ...]:
    return tuple(text for key, text in texts.items() if key.startswith("tags."))


def _picture(edition: Edition, article: Article, here: str, texts: dict[str, Text]) -> Picture | None:
    image = article.meta.get("image")
    if not image:
        return None
    path, _ = named_file(article, str(image))
    url = str(image) if not is_local(str(image)) else relative(here, MEDIA + path)
    width, height = edition.sizes.get(path, (None, None))
    return Picture(url, texts.get("image_alt", Text("")), texts.get("image_caption", Text("")), width, height)


def _languages(edition: Edition, path: str, here: str) -> tuple[LanguageLink, ...]:
    links = list[LanguageLink]()
    for name, addresses in edition.others:
        address = addresses.pages.get(path, addresses.home)
        links.append(
            LanguageLink(
                addresses.lang,
                name,
                relative(here, address),
                f"{edition.url}/{address}" if edition.url else "",
                addresses.lang == edition.addresses.lang,
            )
        )
    return tuple(links)


def _folders(edition: Edition) -> list[str]:
    """The top folders that have an index page, by their weight and name."""
    indexes = [
        each.article
        for each in edition.documents.values()
        if each.article.is_index and each.article.path.count("/") == 1
    ]
    return [str(PurePosixPath(each.path).parent) for each in sorted(indexes, key=_by_weight)]


def _navigation(edition: Edition, here: str, folder: str) -> tuple[Link, ...]:
    links = list[Link]()
    for name in _folders(edition):
        article = edition.documents[f"{name}/index.md"].article
        links.append(
            Link(
                front_texts(edition, article)["title"],
                relative(here, edition.addresses.pages[article.path]),
                folder == name or folder.startswith(name + "/"),
            )
        )
    return tuple(links)


def _crumbs(edition: Edition, article: Article, here: str) -> tuple[Link, ...]:
    parent = PurePosixPath(article.path).parent
    folders = [parent, *parent.parents][::-1]
    if article.is_index:
        folders = folders[:-1]
    links = list[Link]()
    for folder in folders:
        index = edition.documents.get(str(folder / "index.md"))
        if index is not None:
            links.append(
                Link(
                    front_texts(edition, index.article)["title"],
                    relative(here, edition.addresses.pages[index.article.path]),
                )
            )
    return tuple(links)


def _section(edition: Edition, here: str, folder: str) -> Section:
    """The articles of a folder, and of folders below it that have no index of their own.

    Dated ones come newest first; a `weight` lifts one to the front.
    """
    index = edition.documents.get(f"{folder}/index.md")
    found = [each.article for each in edition.documents.values() if _belongs(edition, each.article, folder)]
    dated = any(article.published for article in found)
    ordered = sorted(found, key=_by_weight)
    if dated:
        ordered.sort(key=lambda each: each.published or date.min, reverse=True)
        ordered.sort(key=lambda each: float(each.meta.get("weight") or math.inf))
    teasers = tuple(_teaser(edition, article, here) for article in ordered)
    texts = front_texts(edition, index.article) if index else {}
    url = edition.addresses.pages[index.article.path] if index else edition.addresses.home
    return Section(
        texts.get("title", Text(folder)), relative(here, url), texts.get("description", Text("")), dated, teasers
    )


def _belongs(edition: Edition, article: Article, folder: str) -> bool:
    if article.path == f"{folder}/index.md" or not article.path.startswith(folder + "/"):
        return False
    if article.is_index:
        return str(PurePosixPath(article.path).parent.parent) == folder
    for parent in PurePosixPath(article.path).parents:
        if str(parent) == folder:
            return True
        if f"{parent}/index.md" in edition.documents:
            return False
    return False


def _teaser(edition: Edition, article: Article, here: str) -> Teaser:
    texts = front_texts(edition, article)
    tags = _tags(texts)
    description = texts.get("description", Text(""))
    return Teaser(
        texts["title"],
        relative(here, edition.addresses.pages[article.path]),
        description,
        article.published,
        tags[0] if tags else None,
        _picture(edition, article, here, texts),
        texts["title"].machine or description.machine,
    )


def _related(section: Section, here: str, edition: Edition, article: Article) -> tuple[Teaser, ...]:
    own = relative(here, edition.addresses.pages[article.path])
    return tuple(teaser for teaser in section.teasers if teaser.url != own)[:4]


def _by_weight(article: Article) -> tuple[float, str]:
    return float(article.meta.get("weight") or math.inf), article.path


def _minutes(html: str) -> int:
    return math.ceil(len(Markup(html).striptags().split()) / WORDS_PER_MINUTE)  # noqa: S704
