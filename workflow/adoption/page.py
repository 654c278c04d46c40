"""Reading a translated page from anywhere: like an article, but it may lack front matter, or a title in it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from workflow.article import Article, parse_article
from workflow.errors import ArticleError
from workflow.files import read_text
from workflow.segmentation import SLUG, Segment, parse_document, segments

_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.S | re.M)
_NAME = "page.md"


def read_page(path: Path, shown: str, translate_keys: tuple[str, ...]) -> list[Segment]:
    """The segments of a translated page, `shown` in messages under that name; raises ArticleError."""
    return page_segments(read_text(path, shown), shown, translate_keys)


def page_segments(text: str, shown: str, translate_keys: tuple[str, ...]) -> list[Segment]:
    """The segments of a translated page's text; its address only where the front matter names it."""
    page = _page(text, shown, translate_keys)
    named = "slug" in page.meta
    page = replace(page, meta={**page.meta, "translate": True})
    return [segment for segment in segments(parse_document(page)) if named or segment.context != SLUG]


def _page(text: str, shown: str, translate_keys: tuple[str, ...]) -> Article:
    if not _FRONT_MATTER.match(text):
        return Article(_NAME, shown, {}, (), text, 1)
    try:
        return parse_article(text, _NAME, shown, translate_keys)
    except ArticleError as error:
        first, _, rest = text.partition("\n")
        try:
            page = parse_article(f"{first}\ntitle: none\n{rest}", _NAME, shown, translate_keys)
        except ArticleError:
            raise error from None
        texts = tuple(replace(each, line=each.line - 1) for each in page.texts if each.key != "title")
        return replace(page, texts=texts, body_line=page.body_line - 1)
