"""The pages of a small site, letter by letter; `pytest tests/site --update-goldens` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import Site

GOLDENS = Path(__file__).parent / "goldens"
PAGES = (
    "index.html",
    "404.html",
    "sitemap.xml",
    "en/news/new-ward/index.html",
    "sv/index.html",
    "sv/feed.xml",
    "sv/nyheter/index.html",
    "sv/nyheter/en-ny-avdelning-oppnar/index.html",
    "sv/nyheter/stangt-pa-mandag/index.html",
    "sv/hjalp/visit/index.html",
)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_as_it_was(clinic: Site, path: str, update_goldens: bool) -> None:
    """A page of the small site has not changed unawares."""
    golden, page = GOLDENS / path, clinic.text(path)
    if update_goldens:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")


def test_every_golden_page_is_compared() -> None:
    """No golden page lies about unused."""
    assert {path.relative_to(GOLDENS).as_posix() for path in GOLDENS.rglob("*") if path.is_file()} == set(PAGES)
