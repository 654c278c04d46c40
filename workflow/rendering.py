"""HTML of block tokens: markdown-it's, and what a screen reader or a keyboard needs besides.

What is added holds no word in any language: roles are spoken in the reader's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from workflow import markdown

Rule = Callable[..., str]


def render(tokens: list[Token], env: dict[str, Any]) -> str:
    """The HTML of block tokens whose inline tokens have children."""
    return _renderer().render(tokens, markdown.parser().options, env)


def plain_text(tokens: list[Token]) -> str:
    """The text of inline tokens without markup, as for an `alt`."""
    return _renderer().renderInlineAsText(tokens, markdown.parser().options, {})


@lru_cache(maxsize=1)
def _renderer() -> RendererHTML:
    """markdown-it's renderer with the plugins' rules and ours."""
    renderer = markdown.parser().renderer
    assert isinstance(renderer, RendererHTML)  # noqa: S101 (the parser is made with the default renderer)
    own: dict[str, Callable[..., str]] = {
        "template": _template,
        "footnote_block_open": _footnotes,
        "footnote_anchor": _back_link,
        "table_open": _scrollable,
        "list_item_open": _list_item,
        "fence": _code,
        "code_block": _code,
    }
    renderer.renderInlineAsText = _as_text  # type: ignore[method-assign]
    rules: dict[str, Any] = renderer.rules
    for name in ("container_block_open", "container_block_close"):
        rules[name] = renderer.renderToken  # the plugin's own rule would print its name as a class
    for name, rule in own.items():
        rules[name] = partial(rule, rules.get(name, renderer.renderToken))
    return renderer


def _as_text(tokens: Sequence[Token] | None, options: Any, env: Any) -> str:
    """markdown-it's `renderInlineAsText`, which knows no template tags; marks of footnotes are no text."""
    found = list[str]()
    for token in tokens or ():
        if token.type == "image":
            found.append(_as_text(token.children, options, env))
        elif token.type in ("softbreak", "hardbreak"):
            found.append("\n")
        elif token.type != "footnote_ref":
            found.append(token.content)
    return "".join(found)


def _template(_usual: Rule, tokens: list[Token], index: int, *_rest: Any) -> str:
    return escapeHtml(tokens[index].content)


def _footnotes(usual: Rule, *args: Any) -> str:
    return usual(*args).replace('<section class="footnotes">', '<section class="footnotes" role="doc-endnotes">')


def _back_link(usual: Rule, tokens: list[Token], index: int, *rest: Any) -> str:
    number = tokens[index].meta["id"] + 1
    return usual(tokens, index, *rest).replace("<a ", f'<a role="doc-backlink" aria-label="↩ {number}" ', 1)


def _scrollable(usual: Rule, tokens: list[Token], index: int, *rest: Any) -> str:
    """A table may be wider than a phone: it must be reached with the keyboard to be scrolled."""
    tokens[index].attrSet("tabindex", "0")
    return usual(tokens, index, *rest)


def _list_item(usual: Rule, tokens: list[Token], index: int, *rest: Any) -> str:
    """The box of a task gets the words of its item for a name."""
    following = tokens[index + 1].attrs.get("id") if index + 1 < len(tokens) else None
    identity = tokens[index].attrs.get("id") or following
    html = usual(tokens, index, *rest)
    return html.replace("<input ", f'<input aria-labelledby="{escapeHtml(str(identity))}" ', 1) if identity else html


def _code(usual: Rule, *args: Any) -> str:
    return usual(*args).replace("<pre", '<pre tabindex="0"', 1)
