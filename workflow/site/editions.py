"""The site's languages: for each an edition, made of the articles and the language's catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from workflow import languages
from workflow.addresses import Addresses, make_addresses, source_slug
from workflow.article import Article
from workflow.catalogue.places import Shelf
from workflow.config import Project
from workflow.filling import Target
from workflow.finding import Finding, Severity, from_error
from workflow.message import Key, Message
from workflow.publication import Policy, localised_slug, policy, target
from workflow.segmentation import SLUG, Document, Segment, parse_document
from workflow.site.edition import HOME, Edition, Lookup, front_texts
from workflow.site.order import make_order
from workflow.site.pictures import size


def make_documents(articles: Iterable[Article]) -> dict[str, Document]:
    """The documents of all articles but drafts; where nobody wrote a front page there is an empty one."""
    found = {each.path: parse_document(each) for each in articles if not each.meta.get("draft")}
    if HOME not in found:
        found[HOME] = parse_document(Article(HOME, f"source/{HOME}", {"title": ""}, (), "", 1))
    return found


def make_editions(
    project: Project,
    documents: Mapping[str, Document],
    shelves: Mapping[str, Shelf],
    fixed: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Edition, ...]:
    """The site's languages, the source language first; `shelves` are the catalogues of the others by POSIX name.

    `fixed` tells, by POSIX name, the addresses of articles (by path) that are to stay whatever the catalogues say.
    """
    fixed = fixed or {}
    articles = [document.article for document in documents.values()]
    names = [project.source, *(settings.name for settings in project.locales)]
    found = tuple(
        (languages.own_name(name), _addresses(project, name, articles, shelves, fixed.get(name, {}))) for name in names
    )
    sizes = {path: pixels for path in media(project) if (pixels := size(project.articles / path))}
    source_tag, order = languages.tag(project.source), make_order(articles)
    editions = list[Edition]()
    for name, (_, addresses) in zip(names, found, strict=True):
        lookups = {each.path: _lookup(project, shelves.get(name), each) for each in articles}
        own = None if name == project.source else source_tag
        texts = {each.path: front_texts(each, lookups[each.path], own) for each in articles}
        editions.append(
            Edition(
                name=project.name,
                url=project.url,
                locale=name,
                source=own is None,
                source_tag=source_tag,
                documents=documents,
                order=order,
                lookups=lookups,
                texts=texts,
                addresses=addresses,
                others=found,
                sizes=sizes,
            )
        )
    return tuple(editions)


def media(project: Project) -> list[str]:
    """The files below `source/` that are no articles, by their path there."""
    found = (
        path.relative_to(project.articles)
        for path in project.articles.rglob("*")
        if path.is_file() and path.suffix != ".md"
    )
    return sorted(path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))


def clashes(edition: Edition, shelf: Shelf | None) -> list[Finding]:
    """The articles that got another address than their own, which was taken.

    Those that clash in the source language already are told there; the others by their catalogue.
    """
    if shelf is None:
        return [from_error(error, "address") for error in edition.addresses.clashes]
    told = {error.path for error in edition.others[0][1].clashes}
    names = {document.article.shown: document.article for document in edition.documents.values()}
    found = list[Finding]()
    for error in edition.addresses.clashes:
        article = names[str(error.path)]
        catalogue = shelf.catalogues.get(article.name)
        message = catalogue.get((SLUG, article.slug)) if catalogue else None
        if error.path in told or catalogue is None or message is None:
            continue
        text = f"{error.problem}; give one of them another address"
        found.append(
            Finding(catalogue.shown, message.line, Severity.ERROR, "address", text, edition.locale, message.msgid)
        )
    return found


def _addresses(
    project: Project, name: str, articles: list[Article], shelves: Mapping[str, Shelf], fixed: Mapping[str, str]
) -> Addresses:
    slug = source_slug if name == project.source else partial(localised_slug, shelves[name])
    made = make_addresses(languages.tag(name), articles, slug)
    taken = set(made.pages.values())
    free = {path: address for path, address in fixed.items() if path in made.pages and address not in taken}
    return replace(made, pages={**made.pages, **free})


def _lookup(project: Project, shelf: Shelf | None, article: Article) -> Lookup:
    if shelf is None:
        return _as_it_is
    rule = policy(project.locale(shelf.locale), article.publish)
    return partial(_target, shelf.messages(article.name), rule)


def _as_it_is(_segment: Segment) -> Target:
    return Target("")


def _target(messages: dict[Key, Message], rule: Policy, segment: Segment) -> Target:
    return target(messages.get(segment.key), rule)
