"""Plain markdown-it, and how our pages differ from it on purpose.

- A picture alone in a paragraph that has a title is a figure, its title the caption.
- Texts have ids, wide blocks can be reached with the keyboard, a task's box has a name.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

_ADDED = re.compile(r' (?:id="s-[0-9a-f]{10}(?:-\d+)?"|tabindex="0"|aria-labelledby="s-[^"]*")')
_FIGURE = re.compile(r"<figure>(.*?) />(</a>)?<figcaption>(.*?)</figcaption></figure>", re.S)


def rendered(text: str) -> str:
    """The HTML of plain markdown-it, whitespace made equal."""
    parser = MarkdownIt("commonmark", {"tasklists": True}).enable(["table", "strikethrough"])
    return _spaced(str(parser.render(text)))


def reduced(html: str) -> str:
    """Our HTML without what is ours, whitespace made equal."""
    plain = _FIGURE.sub(r'<p>\1 title="\3" />\2</p>', _ADDED.sub("", html))
    return _spaced(plain)


def _spaced(html: str) -> str:
    return re.sub(
        r"\s+", " ", re.sub(r"\s*(</?(?:p|li|ul|ol|blockquote|table|tr|td|th|pre|hr|h\d)\b)", r" \1", html)
    ).strip()
