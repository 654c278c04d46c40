"""Where each page lies: addresses per language, and relative links between them.

A page's address is made of the slugs of its folders and its own: `news/x.md` → `/sv/nyheter/x/`.
A folder has the slug of its `index.md`, or its name where it has none.
"""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from workflow.errors import ArticleError


class Addressed(Protocol):
    """What an article's address is made of."""

    @property
    def path(self) -> str:
        """Below `source/`: `news/x.md`."""

    @property
    def shown(self) -> str:
        """How messages name the file."""

    @property
    def slug(self) -> str:
        """The last part of its address in the source language."""

    @property
    def is_index(self) -> bool:
        """Whether it introduces its folder."""


A = TypeVar("A", bound=Addressed)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of all pages of one language."""

    lang: str
    """BCP 47 tag: the first part of every address."""
    pages: Mapping[str, str]
    """Article's path → address below the site's root, ending with `/`: `sv/nyheter/x/`."""
    clashes: tuple[ArticleError, ...] = ()
    """Articles whose own address another one has already, in the order of `pages`."""

    @property
    def home(self) -> str:
        """The address of the front page."""
        return f"{self.lang}/"


def make_addresses(lang: str, articles: Iterable[A], slug: Callable[[A], str]) -> Addresses:
    """Give every article its address; of two with the same one the second gets a number behind its own."""
    found = list(articles)
    slugs = {posixpath.dirname(each.path): slug(each) for each in found if each.is_index}
    folders = {"": _quoted(lang) + "/"}
    pages, owners, clashes = dict[str, str](), dict[str, A](), list[ArticleError]()
    for article in found:
        address = _folder_address(posixpath.dirname(article.path), slugs, folders)
        if not article.is_index:
            address += _quoted(slug(article)) + "/"
        if address in owners:
            clashes.append(
                ArticleError(
                    f"has the same address as {owners[address].shown}: /{address}",
                    path=article.shown,
                    line=1,
                    advice="rename one of the two, or give one a line slug: … of its own",
                )
            )
            address = _numbered(address, owners)
        pages[article.path] = address
        owners[address] = article
    return Addresses(lang, pages, tuple(clashes))


def _folder_address(folder: str, slugs: Mapping[str, str], known: dict[str, str]) -> str:
    """The address of a folder, made of its own slug or name and those of the folders above it; noted in `known`."""
    if folder not in known:
        above, name = posixpath.split(folder)
        known[folder] = _folder_address(above, slugs, known) + _quoted(slugs.get(folder) or name) + "/"
    return known[folder]


def _quoted(part: str) -> str:
    """A part of an address; one of dots alone would lead upwards."""
    return quote(part if part.strip(".") else "-" * len(part), safe="-._~")


def _numbered(address: str, taken: Container[str]) -> str:
    """The first of `x-2/`, `x-3/`, … that nobody has."""
    numbers = itertools.count(2)
    return next(each for number in numbers if (each := f"{address[:-1]}-{number}/") not in taken)


def source_slug(article: Addressed) -> str:
    """The slug of an article in the language it is written in."""
    return article.slug


def relative(origin: str, to: str) -> str:
    """The address that leads from one page (`sv/nyheter/`) to another page or file below the site's root.

    An origin that begins with `/` is the site's own root on its server (for pages that may be
    shown at any address): then the result begins with it.
    """
    if origin.startswith("/"):
        return origin + to
    start = origin if origin.endswith("/") else posixpath.dirname(origin)
    path = posixpath.relpath(to or ".", start.rstrip("/") or ".")
    return path + "/" if to.endswith("/") or not to else path


def is_address(text: str) -> bool:
    """Whether a text can be read as an address at all (`http://[x` cannot)."""
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True


def is_local(address: str) -> bool:
    """Whether an address names a file of the project (and not another site, a part of the page, or mail)."""
    if not is_address(address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and bool(parts.path)


def named_file(article: Addressed, address: str) -> tuple[str, str]:
    """The file below `source/` that a local address in an article names, and the rest of the address (`#part`).

    Addresses are relative to the article's folder; a leading `/` means `source/`. A path that
    leads outside of `source/` is returned with its `..`; so is what is no address at all.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return "..", ""
    folder = "" if parts.path.startswith("/") else posixpath.dirname(article.path)
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path).lstrip("/")))
    return path, urlunsplit(("", "", "", parts.query, parts.fragment))


def address_of_file(path: str) -> str:
    """The address of a file below the site's root, as links have it: what is no letter or digit of ASCII is quoted."""
    return quote(path, safe="/-._~")


def file_of_address(address: str) -> str:
    """The path below the output folder of what a server shows at an address: the inverse of `address_of_file`."""
    return unquote(address)
