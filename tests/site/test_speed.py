"""Rendering is fast enough to happen while somebody types."""

from __future__ import annotations

import time
from pathlib import Path

from tests.site.sites import REPOSITORY, make_project
from workflow.config import load_project
from workflow.library import load_library
from workflow.site.editions import make_documents, make_editions
from workflow.site.pages import article_page
from workflow.site.templating import make_environment, render_page

PARAGRAPH = "Read **what** [the ward](x.md) says about *visits*, `hours` and flowers, and tell us if it is wrong. "


def test_an_article_of_3000_words_takes_a_moment(tmp_path: Path) -> None:
    """The page of a long article is made in well under 100 ms, its templates being compiled."""
    body = "\n\n".join(["## Visits", *[f"{number} {PARAGRAPH * 4}" for number in range(45)]])
    assert len(body.split()) > 3000
    project = load_project(make_project(tmp_path, {"source/x.md": f"---\ntitle: X\n---\n\n{body}\n"}, []))
    documents = make_documents(load_library(project).articles)
    [edition] = make_editions(project, documents, {})[:1]
    environment = make_environment(REPOSITORY / "templates", "en", {})
    times = list[float]()
    for _ in range(5):
        start = time.process_time()
        view, _ = article_page(edition, documents["x.md"].article)
        render_page(environment, view)
        times.append(time.process_time() - start)
    assert min(times) < 0.1
