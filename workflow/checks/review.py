"""Running the checks over a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflow.catalogue.places import Shelf, load_shelf
from workflow.catalogue.po import Catalogue
from workflow.checks.addresses import locale_clashes, source_clashes
from workflow.checks.articles import links
from workflow.checks.fragments import fragments
from workflow.checks.marks import marks
from workflow.checks.registry import CHECKS, ON_INCOMPLETE, ON_STALE
from workflow.checks.unit import Unit
from workflow.config import Project
from workflow.errors import GlossaryError
from workflow.finding import Finding, Severity, from_error, in_order
from workflow.glossary import EMPTY, Glossary, load_glossary
from workflow.interface import NAME as INTERFACE
from workflow.library import Library
from workflow.message import Key, Message, State
from workflow.publication import Policy, held_back, policy
from workflow.segmentation import Segment, parse_document, segments


def check_project(project: Project, library: Library, locales: Iterable[str]) -> list[Finding]:
    """Look at all articles and at the translations of these locales."""
    documents = [parse_document(each) for each in library.articles]
    roles = {each.article.name: {segment.key: segment for segment in segments(each)} for each in documents}
    found = [*library.findings, *source_clashes(project, library), *links(project, library, documents)]
    found += [*fragments(project, documents), *marks(documents)]
    for locale in locales:
        found += _check_locale(project, library, locale, roles)
    return in_order(found)


def check_message(
    message: Message, segment: Segment, rule: Policy, terms: Glossary = EMPTY
) -> Iterator[tuple[str, Severity, str]]:
    """All that the checks say of a translated message: (check's id, severity, text).

    What readers do not get to see yet is no error; of a translation of another text only that is told,
    and of an incomplete one what it lacks.
    """
    unit = Unit(message, segment, rule, terms)
    shown = message.state in rule.states and not held_back(message, rule)
    for name, check in CHECKS.items():
        if message.state is State.STALE and not shown and name not in ON_STALE:
            continue
        if not message.translated and name not in ON_INCOMPLETE:
            continue
        for remark in check(unit):
            hidden_error = remark.severity is Severity.ERROR and not shown
            yield name, Severity.WARNING if hidden_error else remark.severity, remark.text


def _check_locale(
    project: Project, library: Library, locale: str, roles: dict[str, dict[Key, Segment]]
) -> Iterator[Finding]:
    shelf = load_shelf(project, locale, (INTERFACE, *(each.name for each in library.articles)))
    yield from shelf.findings
    yield from locale_clashes(library, shelf)
    terms = EMPTY
    try:
        terms = load_glossary(project, locale)
    except GlossaryError as error:
        yield from_error(error, "glossary", locale)
    settings = project.locale(locale)
    own = {each.name: each.publish for each in library.articles}
    for name, catalogue in shelf.catalogues.items():
        rule = policy(settings, own.get(name))
        yield from _check_catalogue(shelf, name, catalogue, rule, roles.get(name, {}), terms)


def _check_catalogue(
    shelf: Shelf, name: str, catalogue: Catalogue, rule: Policy, known: dict[Key, Segment], terms: Glossary
) -> Iterator[Finding]:
    for message in catalogue.live:
        segment = known.get(message.key)
        if segment is None and name == INTERFACE:
            segment = Segment(message.msgid, "interface", 0, "interface", context=message.msgctxt)
        if segment is None or not any(message.texts):
            continue
        for check, severity, text in check_message(message, segment, rule, terms):
            yield Finding(catalogue.shown, message.line, severity, check, text, shelf.locale, message.msgid)
