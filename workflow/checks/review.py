"""Running the checks over a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflow import markdown
from workflow.addresses import Addresses, is_local, make_addresses, named_file, source_slug
from workflow.article import Article
from workflow.catalogue.places import Shelf, load_shelf
from workflow.catalogue.po import Catalogue
from workflow.checks.registry import CHECKS
from workflow.checks.unit import Unit
from workflow.config import Project
from workflow.finding import Finding, Severity, from_error, in_order
from workflow.interface import NAME as INTERFACE
from workflow.languages import tag
from workflow.library import Library
from workflow.links import addresses_in
from workflow.message import Key, Message
from workflow.publication import Policy, policy
from workflow.segmentation import Segment, parse_document, segments


def check_project(project: Project, library: Library, locales: Iterable[str]) -> list[Finding]:
    """Look at all articles and at the translations of these locales."""
    found = list(library.findings)
    addresses = make_addresses(tag(project.source), library.articles, source_slug)
    found += [from_error(error, "address") for error in addresses.clashes]
    for article in library.articles:
        found += _check_links(project, article, addresses)
    roles = {
        each.name: {segment.key: segment for segment in segments(parse_document(each))} for each in library.articles
    }
    for locale in locales:
        found += _check_locale(project, library, locale, roles)
    return in_order(found)


def check_message(message: Message, segment: Segment, rule: Policy) -> Iterator[tuple[str, Severity, str]]:
    """All that the checks say of a translated message: (check's id, severity, text)."""
    unit = Unit(message, segment, rule)
    for name, check in CHECKS.items():
        for remark in check(unit):
            yield name, remark.severity, remark.text


def _check_locale(
    project: Project, library: Library, locale: str, roles: dict[str, dict[Key, Segment]]
) -> Iterator[Finding]:
    shelf = load_shelf(project, locale, (INTERFACE, *(each.name for each in library.articles)))
    yield from shelf.findings
    settings = project.locale(locale)
    own = {each.name: each.publish for each in library.articles}
    for name, catalogue in shelf.catalogues.items():
        yield from _check_catalogue(shelf, name, catalogue, policy(settings, own.get(name)), roles.get(name, {}))


def _check_catalogue(
    shelf: Shelf, name: str, catalogue: Catalogue, rule: Policy, known: dict[Key, Segment]
) -> Iterator[Finding]:
    for message in catalogue.live:
        segment = known.get(message.key)
        if segment is None and name == INTERFACE:
            segment = Segment(message.msgid, "interface", 0, "interface", context=message.msgctxt)
        if segment is None or not any(message.texts):
            continue
        for check, severity, text in check_message(message, segment, rule):
            yield Finding(catalogue.shown, message.line, severity, check, text, shelf.locale, message.msgid)


def _check_links(project: Project, article: Article, addresses: Addresses) -> Iterator[Finding]:
    """Links and pictures of an article that lead to no file of the project."""
    document = parse_document(article)
    line = article.body_line
    for token in document.tokens:
        if token.map:
            line = article.body_line + token.map[0]
        if token.type == "inline":
            token.children = markdown.parse_inline(token.content, markdown.scratch(document.env))
        for address in addresses_in([token]):
            yield from _check_link(project, article, addresses, address, line)
    if article.meta.get("image"):
        yield from _check_link(project, article, addresses, str(article.meta["image"]), 1)


def _check_link(project: Project, article: Article, addresses: Addresses, address: str, line: int) -> Iterator[Finding]:
    if not is_local(address):
        return
    path, _ = named_file(article, address)
    if path in addresses.pages or (
        not path.endswith(".md") and not path.startswith("..") and (project.articles / path).exists()
    ):
        return
    yield Finding(
        article.shown, line, Severity.ERROR, "link", f"{address} leads to no file in source/; mend the address"
    )
