"""Links to a part of a page (`page.md#part`) that has no such part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote, urlsplit

from workflow.addresses import is_address, is_local, named_file
from workflow.checks.articles import addresses
from workflow.config import Project
from workflow.filling import Target, fill
from workflow.finding import Finding, Severity
from workflow.languages import ascii_words
from workflow.markdown import TEMPLATE_TAG, parse_inline
from workflow.rendering import plain_text
from workflow.segmentation import Document, parse_document

_ID = re.compile(r"\b(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", re.I)


def fragments(project: Project, documents: Iterable[Document]) -> Iterator[Finding]:
    """Links to a part of a page that has no element with that id, with the id to use."""
    by_path = {document.article.path: document for document in documents}

    @cache
    def ids(path: str) -> frozenset[str]:
        rendered = fill(parse_document(by_path[path].article), lambda _: Target("")).html
        return frozenset(_ID.findall(rendered))

    @cache
    def everywhere() -> frozenset[str]:
        files = sorted(project.templates.rglob("*.html"))
        return frozenset(found for file in files for found in _ID.findall(file.read_text("utf-8", "replace")))

    for path, document in by_path.items():
        if "#" not in document.article.body:
            continue
        for address, line in addresses(document):
            target, part = _part(path, document, address)
            if not part or target not in by_path or part in ids(target) or part in everywhere():
                continue
            text = f"{address} leads to no part of {by_path[target].article.shown}; {_advice(by_path[target], part)}"
            yield Finding(document.article.shown, line, Severity.WARNING, "link", text)


def _part(path: str, document: Document, address: str) -> tuple[str, str]:
    """The article and the id in it that an address names."""
    if "#" not in address or not is_address(address) or TEMPLATE_TAG.search(address):
        return "", ""
    parts = urlsplit(address)
    part = unquote(parts.fragment)
    if part.startswith(":~:") or part.lower() == "top":  # both are the browser's own
        return "", ""
    if is_local(address):
        return named_file(document.article, address)[0], part
    return ("" if parts.scheme or parts.netloc else path), part


def _advice(document: Document, part: str) -> str:
    """What to do: to give the heading that is meant the id, or to use the one it has."""
    for opening, text in zip(document.tokens, document.tokens[1:], strict=False):
        if opening.type == "heading_open" and ascii_words(_plain(text.content)) == ascii_words(part):
            own = opening.attrs.get("id")
            heading = f"{opening.markup if set(opening.markup) == {'#'} else '##'} {text.content}"
            return f"write #{own}" if own else f"give the heading that id: {heading} {{#{part}}}"
    return f"write {{#{part}}} behind the heading that is meant"


def _plain(content: str) -> str:
    return plain_text(parse_inline(content, {}))
