"""The site map for search engines: every page with its other languages (sitemaps.org, hreflang)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from workflow.article import Article
from workflow.site.edition import HOME, Edition

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
"""The namespace of site maps."""
XHTML = "http://www.w3.org/1999/xhtml"
"""The namespace of the links to other languages."""


def sitemap(editions: Sequence[Edition]) -> bytes:
    """The site map of all languages, the source language first; empty where the site's own address is unknown."""
    url = editions[0].url
    if not url:
        return b""
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    _add(root, f"{url}/", None, _alternates(editions, HOME))
    for path, document in editions[0].documents.items():
        alternates = _alternates(editions, path)
        for edition in editions:
            _add(root, f"{url}/{edition.addresses.pages[path]}", _changed(document.article), alternates)
    ElementTree.indent(root, " ")
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _alternates(editions: Sequence[Edition], path: str) -> list[tuple[str, str]]:
    """(BCP 47 tag, absolute address) of a page in all languages, and for readers of others."""
    url = editions[0].url
    found = [(each.addresses.lang, f"{url}/{each.addresses.pages[path]}") for each in editions]
    return [*found, ("x-default", f"{url}/" if path == HOME else found[0][1])]


def _add(root: ElementTree.Element, address: str, changed: date | None, alternates: list[tuple[str, str]]) -> None:
    element = ElementTree.SubElement(root, "url")
    ElementTree.SubElement(element, "loc").text = address
    if changed:
        ElementTree.SubElement(element, "lastmod").text = changed.isoformat()
    for lang, other in alternates:
        ElementTree.SubElement(element, "xhtml:link", rel="alternate", hreflang=lang, href=other)


def _changed(article: Article) -> date | None:
    return max((day for day in (article.published, article.updated) if day), default=None)
