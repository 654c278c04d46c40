"""What the page templates get to see: plain values, ready to be shown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of plain text and the language it is in."""

    value: str
    """The text itself, not escaped."""
    lang: str | None = None
    """BCP 47 tag when it is not the page's language (an English left-over), else None."""
    machine: bool = False
    """Whether a machine translated it and nobody has reviewed it."""

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language in the switch."""

    tag: str
    """BCP 47: `sv`."""
    name: str
    """Its name in itself, capitalised as at the start of a line: `Svenska`."""
    url: str
    """Relative address of the same page in it."""
    absolute: str
    """Absolute address for `hreflang`; empty where the site's own is unknown or the page is missing in it."""
    current: bool
    """Whether it is the language of this page."""
    description: Text = Text("")
    """On the page that leads to the languages: the lead of the front page in it."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the navigation or the bread crumbs."""

    title: Text
    """The words."""
    url: str
    """Relative address."""
    current: bool = False
    """Whether this page is it or lies below it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A lead picture."""

    url: str
    """Relative address."""
    alt: Text
    """What it shows, for those who cannot see it."""
    caption: Text
    """The line below it; may be empty."""
    width: int | None = None
    """Natural width in CSS pixels, when known."""
    height: int | None = None
    """Natural height in CSS pixels, when known."""


@dataclass(frozen=True, slots=True)
class Teaser:
    """An article as it is shown in a list."""

    title: Text
    """Its title."""
    url: str
    """Relative address."""
    description: Text
    """Its lead; may be empty."""
    date: datetime.date | None
    """The day it was published; None for pages without one."""
    tag: Text | None
    """The word above the title (`Research`), or None."""
    picture: Picture | None
    """Its lead picture, or None."""
    machine: bool
    """Whether some of it is unreviewed machine text."""


@dataclass(frozen=True, slots=True)
class Section:
    """A folder of articles with an index page."""

    title: Text
    """The title of its index; empty for the articles that belong to no section."""
    url: str
    """Relative address of its index; empty where there is none."""
    description: Text
    """The lead of its index; may be empty."""
    dated: bool
    """True for news (newest first), False for lasting information (by weight)."""
    teasers: tuple[Teaser, ...]
    """Its first articles, in order: all on its own page, some elsewhere."""
    total: int = 0
    """How many articles it has."""


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: everything its template shows."""

    kind: str
    """`home`, `section`, `article`, `missing` (404) or `root` (choice of language): the template's name."""
    lang: str
    """BCP 47 tag of the page's language."""
    dir: str
    """`ltr` or `rtl`."""
    title: Text
    """The page's h1."""
    description: Text
    """The lead below it; may be empty."""
    content: Markup
    """The rendered Markdown, for `<div class="content">`; may be empty."""
    root: str
    """Relative address of this language's home page, ending with `/`: `../../`."""
    assets: str
    """Relative address of the folder of static files, ending with `/`."""
    site_name: str
    """The site's name."""
    languages: tuple[LanguageLink, ...]
    """All languages of the site; the source language comes first."""
    navigation: tuple[Link, ...]
    """The sections."""
    content_lang: str = ""
    """BCP 47 tag of the content where none of it is for translation and it is in another language than the page."""
    crumbs: tuple[Link, ...] = ()
    """The way from the home page to here, without here."""
    canonical: str = ""
    """Absolute address, empty where the site's own is unknown."""
    default: str = ""
    """Absolute address for readers of other languages (`x-default`), empty where the site's own is unknown."""
    feed: str = ""
    """Relative address of this language's feed, empty where there is none."""
    date: datetime.date | None = None
    """Day of publication."""
    updated: datetime.date | None = None
    """Day of the last change."""
    authors: tuple[str, ...] = ()
    """Names in the by-line."""
    tags: tuple[Text, ...] = ()
    """Subject words; the first stands above the title."""
    picture: Picture | None = None
    """The lead picture."""
    minutes: int = 0
    """Reading time, 0 when not worth saying."""
    machine: str = ""
    """`all` or `some` when the page shows unreviewed machine text, else empty."""
    fallback: str = ""
    """`all` or `some` when the page shows text in the source language, else empty."""
    original: str = ""
    """Relative address of the source language's page."""
    section: Section | None = None
    """On a section's index: what to list. On an article: the section it belongs to."""
    related: tuple[Teaser, ...] = ()
    """Other news worth reading, for the side column."""
    sections: tuple[Section, ...] = field(default=())
    """On the home page: all sections with their first articles, then those that belong to none."""
