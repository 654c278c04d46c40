"""Links and pictures of the articles themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from workflow import markdown
from workflow.addresses import is_local, named_file
from workflow.article import Article
from workflow.config import Project
from workflow.finding import Finding, Severity
from workflow.library import Library
from workflow.links import addresses_in
from workflow.segmentation import Document


def links(project: Project, library: Library, documents: Iterable[Document]) -> Iterator[Finding]:
    """Links and pictures that lead to no file of the project, or to a page that is not published."""
    pages = {article.path: article for article in library.articles}
    for document in documents:
        article = document.article
        for address, line in addresses(document):
            problem = _malformed(address)
            if not problem and is_local(address):
                problem = _problem(project, library, pages, article, address)
            if problem:
                yield Finding(article.shown, line, Severity.ERROR, "link", f"{address} {problem}")


def addresses(document: Document) -> Iterator[tuple[str, int]]:
    """Every address in an article with its line."""
    article, line = document.article, document.article.body_line
    if article.meta.get("image"):
        yield str(article.meta["image"]), article.lines.get("image", 1)
    for token in document.tokens:
        if token.map:
            line = article.body_line + token.map[0]
        if token.type == "inline":
            token.children = markdown.parse_inline(token.content, markdown.scratch(document.env))
        for address in addresses_in([token]):
            yield address, line


def _problem(project: Project, library: Library, pages: dict[str, Article], article: Article, address: str) -> str:
    path, _ = named_file(article, address)
    if path in pages:
        hidden = pages[path].meta.get("draft") and not article.meta.get("draft")
        return "is a draft and not on the site; take its draft: true away, or the link" if hidden else ""
    inside = not path.startswith("..") and not path.endswith(".md")
    if path in library.unreadable or (inside and _is_file(project.articles / path)):
        return ""
    return "leads to no file in source/; mend the address"


def _malformed(address: str) -> str:
    try:
        urlsplit(address)
    except ValueError as error:
        return f"is no address ({error}); mend it"
    return ""


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for any file
        return False
