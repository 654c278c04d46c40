"""All articles of a project, read; one that cannot be read is a finding and does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workflow.article import Article, find_articles, read_article
from workflow.config import Project
from workflow.errors import ArticleError
from workflow.finding import Finding, from_error


@dataclass(frozen=True, slots=True)
class Library:
    """What lies below `source/`."""

    articles: tuple[Article, ...]
    """The readable articles in order of their paths."""
    unreadable: frozenset[str]
    """Paths, below `source/`, of those that could not be read: neither known nor gone."""
    findings: tuple[Finding, ...]
    """Why not."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all articles that exist, readable or not: `news/x`."""
        return frozenset(each.name for each in self.articles) | {path.removesuffix(".md") for path in self.unreadable}


def load_library(project: Project) -> Library:
    """Read every article of the project; raises ArticleError when there is no folder of articles at all."""
    if not project.articles.is_dir():
        raise ArticleError(
            "there is no such folder", path=project.shown(project.articles), advice="make it and put the articles there"
        )
    articles, unreadable, findings = list[Article](), set[str](), list[Finding]()
    for path in dict.fromkeys((*find_articles(project), *_odd_files(project))):
        try:
            articles.append(read_article(project, path))
        except ArticleError as error:
            unreadable.add(path.relative_to(project.articles).as_posix())
            findings.append(from_error(error, "article"))
    return Library(tuple(articles), frozenset(unreadable), tuple(findings))


def select(library: Library, only: tuple[str, ...]) -> Iterator[Article]:
    """The articles at or below the given paths (`news`, `news/x.md`, `source/news/x.md`); all for none."""
    wanted = [path.replace("\\", "/").removeprefix("./").removeprefix("source/").rstrip("/") for path in only]
    for article in library.articles:
        if not wanted or any(
            article.path == each or article.name == each or article.path.startswith(each + "/") for each in wanted
        ):
            yield article


def _odd_files(project: Project) -> Iterator[Path]:
    """What is called like an article but is no file: folders, links that lead nowhere, pipes."""
    for path in sorted(project.articles.rglob("*.md")):
        parts = path.relative_to(project.articles).parts
        if not path.is_file() and not any(part.startswith(".") for part in parts):
            yield path
