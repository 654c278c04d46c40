"""Atom feeds: the news of one language for feed readers (RFC 4287)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from xml.etree import ElementTree

from workflow.site.edition import FEED, HOME, Edition
from workflow.site.views import PageView, Text

ATOM = "http://www.w3.org/2005/Atom"
"""The namespace of Atom."""

MACHINE, UNTRANSLATED = "Machine translated", "Not translated yet"
"""Strings of the templates that say what to expect of an entry; as terms of its categories they are fixed."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the feed."""

    address: str
    """Its address below the site's root: `sv/nyheter/x/`."""
    page: PageView
    """Its page."""


def feed(edition: Edition, entries: Iterable[Entry], words: Callable[[str], str]) -> bytes:
    """The feed of a language, newest first; `words` gives a string of the templates in that language."""
    found = sorted(
        (entry for entry in entries if entry.page.date),
        key=lambda each: (each.page.date or date.min, each.address),
        reverse=True,
    )
    home = edition.texts[HOME]
    root = ElementTree.Element("feed", {"xmlns": ATOM, _LANG: edition.addresses.lang})
    _add(root, "title", edition.name)
    _add_text(root, "subtitle", home.get("description"))
    _add(root, "id", _identity(edition, edition.addresses.home + FEED))
    _add(root, "updated", _moment(max((_changed(each.page) for each in found), default=date.min)))
    own, start = (f"{edition.url}/{edition.addresses.home}",) * 2 if edition.url else ("", "./")
    _add(root, "link", rel="self", type="application/atom+xml", href=own + FEED)
    _add(root, "link", rel="alternate", type="text/html", hreflang=edition.addresses.lang, href=start)
    _add(_add(root, "author"), "name", edition.name)
    for entry in found:
        _add_entry(root, edition, entry, words)
    ElementTree.indent(root, " ")
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _add_entry(root: ElementTree.Element, edition: Edition, entry: Entry, words: Callable[[str], str]) -> None:
    page, element = entry.page, _add(root, "entry")
    _add_text(element, "title", page.title)
    _add(element, "id", _identity(edition, entry.address))
    address = f"{edition.url}/{entry.address}" if edition.url else entry.address.removeprefix(edition.addresses.home)
    _add(element, "link", rel="alternate", type="text/html", hreflang=page.lang, href=address)
    _add(element, "published", _moment(page.date or date.min))
    _add(element, "updated", _moment(_changed(page)))
    for name in page.authors:
        _add(_add(element, "author"), "name", name)
    for tag in page.tags:
        _add(element, "category", term=tag.value)
    _add_text(element, "summary", _with_state(element, page, words))


def _with_state(element: ElementTree.Element, page: PageView, words: Callable[[str], str]) -> Text:
    """The lead of a page; a computer's work says so there and in a category, for feed readers show one or the other."""
    lead = page.description
    for state, term in ((page.machine, MACHINE), (page.fallback == "all", UNTRANSLATED)):
        if state:
            label = words(term)
            _add(element, "category", term=term.lower().replace(" ", "-"), label=label)
            lead = replace(lead, value=f"{label}. {lead.value}".rstrip())
    return lead


def _add(parent: ElementTree.Element, tag: str, value: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, {key: _clean(each) for key, each in attributes.items()})
    element.text = _clean(value) or None
    return element


def _add_text(parent: ElementTree.Element, tag: str, text: Text | None) -> None:
    if text:
        element = _add(parent, tag, text.value)
        if text.lang:
            element.set(_LANG, text.lang)


def _clean(value: str) -> str:
    return _NO_XML.sub("", value)


def _identity(edition: Edition, address: str) -> str:
    """What names a page for ever: its absolute address, or a made-up one where the site's own is unknown."""
    if edition.url:
        return f"{edition.url}/{address}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.name}/{address}").urn


def _changed(page: PageView) -> date:
    return max(each for each in (page.date, page.updated, date.min) if each)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
