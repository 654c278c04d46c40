"""What pages list: sections, teasers, the navigation and the way from the front page to here."""

from __future__ import annotations

from workflow.addresses import relative
from workflow.article import Article
from workflow.site.edition import HOME, Edition, picture, tags
from workflow.site.views import Link, Section, Teaser, Text

RELATED = 4
"""How many other articles a news article names."""
SIBLINGS = 12
"""How many articles of its section a page of lasting information names."""
SHELF = 7
"""How many articles the front page needs of each section."""


def navigation(edition: Edition, here: str, path: str) -> tuple[Link, ...]:
    """The sections for the main menu of the page at `here`, which belongs to the article `path`."""
    top = path.partition("/")[0]
    return tuple(_link(edition, here, folder, folder == top) for folder in edition.order.top)


def crumbs(edition: Edition, article: Article, here: str) -> tuple[Link, ...]:
    """The way from the front page to an article, without the article."""
    if article.path == HOME:
        return ()
    start = Link(edition.texts[HOME].get("title") or Text(edition.name), relative(here, edition.addresses.home))
    return start, *(_link(edition, here, folder) for folder in edition.order.way(article))


def section(edition: Edition, here: str, folder: str, limit: int | None = None) -> Section:
    """A section with its first articles, for the page at `here`."""
    index = f"{folder}/index.md"
    texts = edition.texts[index]
    members = edition.order.members[folder]
    return Section(
        texts["title"],
        relative(here, edition.addresses.pages[index]),
        texts.get("description", Text("")),
        folder in edition.order.dated,
        tuple(teaser(edition, path, here) for path in members[:limit]),
        len(members),
    )


def sections(edition: Edition, here: str) -> tuple[Section, ...]:
    """All sections for the front page, and at the end, without a title, the articles that belong to none."""
    found = [section(edition, here, folder, SHELF) for folder in edition.order.top]
    loose = edition.order.loose
    if loose:
        teasers = tuple(teaser(edition, path, here) for path in loose)
        found.append(Section(Text(""), "", Text(""), False, teasers, len(loose)))
    return tuple(found)


def own_section(edition: Edition, here: str, article: Article) -> Section | None:
    """What an index lists, or the section that an article belongs to with its first articles."""
    folder = edition.order.section(article.path)
    if folder is None:
        return None
    if article.is_index:
        return section(edition, here, folder)
    return section(edition, here, folder, RELATED + 1 if folder in edition.order.dated else SIBLINGS)


def related(found: Section | None, own: str) -> tuple[Teaser, ...]:
    """Other news of an article's section; `own` is the article's relative address."""
    if found is None or not found.dated:
        return ()
    return tuple(each for each in found.teasers if each.url != own)[:RELATED]


def teaser(edition: Edition, path: str, here: str) -> Teaser:
    """An article as the page at `here` lists it."""
    article, texts = edition.documents[path].article, edition.texts[path]
    words = tags(texts)
    description = texts.get("description", Text(""))
    return Teaser(
        texts["title"],
        relative(here, edition.addresses.pages[path]),
        description,
        article.published,
        words[0] if words else None,
        picture(edition, article, here),
        texts["title"].machine or description.machine,
    )


def _link(edition: Edition, here: str, folder: str, current: bool = False) -> Link:
    index = f"{folder}/index.md"
    return Link(edition.texts[index]["title"], relative(here, edition.addresses.pages[index]), current)
