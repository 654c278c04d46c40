"""The Markdown dialect of articles: one parser for blocks and inline text, with source positions.

CommonMark plus tables, strikethrough, footnotes, definition lists, task lists, attributes and
containers. Two things differ from a plain markdown-it pipeline: inline text is parsed on its own
(`parse_inline`), so that a translation can take its place, and inline tokens of links, images,
code, HTML, footnote marks and template tags know where they stood: `token.meta["span"]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, text_join
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

TEMPLATE_TAG = re.compile(r"\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|\{#\s.{0,1000}?\s#\}", re.S)
"""A tag of a template language (Jinja2, Liquid, Hugo); never evaluated, never translated.

The bound keeps texts that are full of opening braces from taking quadratic time.
"""

_SIGNS: dict[str, tuple[str, ...]] = {
    "table": ("|",),
    "code": ("    ", "\t"),
    "fence": ("```", "~~~"),
    "blockquote": (">",),
    "html_block": ("<",),
    "heading": ("#",),
    "footnote_def": ("[^",),
    "reference": ("]:",),
    "attr": ("{",),
    "admonition": ("!!!", "???"),
    "container_block": (":::",),
    "containers": (":::",),
    "headings": ("{",),
    "normalize": ("\0",),
    "hr": ("---", "***", "___", "- -", "* *", "_ _", "-  ", "*  ", "_  ", "\t"),
    "lheading": ("-\n", "=\n", " \n", "\t\n"),
    "deflist": ("\n:", "\n~", "\n ", "\n\t", "\n>"),
}
"""Rules that can do nothing in a text without any of these."""

_LINES: dict[str, re.Pattern[str]] = {
    "lheading": re.compile(r"\n[ \t>]*(?:=+|-+)[ \t]*\n"),
    "deflist": re.compile(r"\n[ \t>]*[:~][ \t]"),
}
"""Block rules that can do nothing in a text without such a line."""

MAX_IMAGES = 20
"""How deep images may stand in each other's descriptions, so that no text can exhaust the stack."""

POSITIONED = (
    "newline",
    "escape",
    "backticks",
    "link",
    "image",
    "autolink",
    "html_inline",
    "footnote_ref",
    "span",
    "template",
)
"""Inline rules whose tokens carry `meta["span"]`."""

_CONTAINER = re.compile(r"\s*([A-Za-z][\w-]*)(?:\s+(\S.*?))?\s*$")
_HEADING_ATTRIBUTES = re.compile(r"\s+(\{[^{}]*\})\s*$")
_LINE_END = re.compile(r"\r\n?")
_DEPTH = "image depth"

InlineRule = Callable[[StateInline, bool], bool]


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser of the dialect. Its core rules stop before inline text; use `parse_inline` for that."""
    return _make_parser()


@lru_cache(maxsize=256)
def _block_parser(idle: tuple[str, ...]) -> MarkdownIt:
    """The parser without the block rules that a text gives no work: each is asked about every line otherwise."""
    return _make_parser().disable(list(idle))


def _make_parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"tasklists": True, "store_labels": True}).enable(["table", "strikethrough"])
    footnote_plugin(md, inline=False)
    deflist_plugin(md)
    admon_plugin(md)
    container_plugin(md, "block", validate=lambda params, *_: _CONTAINER.match(params) is not None)
    attrs_plugin(md, spans=True)
    attrs_block_plugin(md)
    md.normalizeLink = partial(_normal_link, md.normalizeLink)  # type: ignore[method-assign]
    md.inline.ruler.before("escape", "template", _template_rule)
    md.block.ruler.at("attr", _keep_template_tags(_rule(md.block.ruler, "attr")), {"alt": []})
    md.inline.ruler.at("attr", _keep_template_tags(_rule(md.inline.ruler, "attr")))
    md.inline.ruler.at("image", partial(_shallow, _rule(md.inline.ruler, "image")))
    md.inline.ruler.at("span", partial(_with_braces, _rule(md.inline.ruler, "span")))
    for name in POSITIONED:
        md.inline.ruler.at(name, partial(_positioned, _rule(md.inline.ruler, name)))
    md.core.ruler.after("attr", "headings", _heading_attributes)
    md.core.ruler.after("headings", "containers", _container_titles)
    md.disable(["inline", "footnote_tail", "text_join"])
    return md


def parse_blocks(text: str, env: dict[str, Any]) -> list[Token]:
    """The block tokens of a document; `inline` tokens have their content but no children yet.

    `env` receives the document's reference definitions and footnotes.
    """
    text = _LINE_END.sub("\n", text)
    return _block_parser(tuple(_idle_rules(f"\n{text}\n"))).parse(text, env)


def _idle_rules(text: str) -> Iterator[str]:
    """The rules that give a text (with plain line feeds, one at either end) no token and change none."""
    for rule, signs in _SIGNS.items():
        for sign in signs:
            if sign in text:
                if rule in _LINES and not _LINES[rule].search(text):
                    yield rule
                break
        else:
            yield rule


def parse_inline(text: str, env: dict[str, Any]) -> list[Token]:
    """The tokens of inline Markdown, text joined, with `meta["span"]` for the rules in POSITIONED."""
    md, tokens = parser(), list[Token]()
    text = _LINE_END.sub("\n", text).replace("\0", "\ufffd")
    md.inline.parse(text, md, env, tokens)
    holder = Token("inline", "", 0, children=tokens)
    text_join(StateCore(text, md, env, [holder]))
    return holder.children or []


def scratch(env: dict[str, Any]) -> dict[str, Any]:
    """An environment for looking at inline text: it knows what `env` knows, and `env` stays as it is."""
    known = {"references": env["references"]} if "references" in env else {}
    if "footnotes" in env:
        known["footnotes"] = {"refs": dict.fromkeys(env["footnotes"].get("refs", ()), -1), "list": {}}
    return known


def move_footnotes(tokens: list[Token], env: dict[str, Any]) -> list[Token]:
    """The tokens with the footnotes that are referred to at the end; call it when all inline text is parsed."""
    md = parser()
    state = StateCore("", md, env, _unnested(tokens))
    _rule(md.core.ruler, "footnote_tail")(state)
    return state.tokens


def _unnested(tokens: list[Token]) -> list[Token]:
    """The tokens with each footnote that is defined within another one standing behind it."""
    found, inner, open_ones = list[Token](), list[Token](), list[list[Token]]()
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_ones.append([token])
        elif token.type == "footnote_reference_close" and open_ones:
            done = [*open_ones.pop(), token]
            if open_ones:
                inner += done
            else:
                found += [*done, *inner]
                inner = []
        else:
            (open_ones[-1] if open_ones else found).append(token)
    return found


def label_end(text: str, start: int, env: dict[str, Any]) -> int:
    """Where the label that opens with the `[` at `start` closes: the position of its `]`, or -1."""
    md = parser()
    return int(md.helpers.parseLinkLabel(StateInline(text, md, env, []), start, False))


def _rule(ruler: Any, name: str) -> Callable[..., Any]:
    return next(rule.fn for rule in ruler.__rules__ if rule.name == name)  # type: ignore[no-any-return]


def _normal_link(usual: Callable[[str], str], address: str) -> str:
    """An address, percent-encoded but for template tags in it."""
    if "{" not in address or not TEMPLATE_TAG.search(address):
        return usual(address)
    around, tags = TEMPLATE_TAG.split(address), TEMPLATE_TAG.findall(address)
    return usual(around[0]) + "".join(tag + usual(rest) for tag, rest in zip(tags, around[1:], strict=True))


def _positioned(rule: InlineRule, state: StateInline, silent: bool) -> bool:
    """Run an inline rule; the tokens it makes on this level learn where they stand in the text."""
    start, before = state.pos, len(state.tokens)
    if not rule(state, silent):
        return False
    if not silent:
        made = [token for token in state.tokens[before:] if token.type != "text" and "span" not in token.meta]
        for token in (made[:1] + made[-1:]) if made and made[0].nesting == 1 else made[:1]:
            token.meta = {**token.meta, "span": (start, state.pos)}
    return True


def _shallow(rule: InlineRule, state: StateInline, silent: bool) -> bool:
    """Run the rule for images unless too many are open around this one."""
    if state.src[state.pos] != "!":
        return False
    depth = state.env.get(_DEPTH, 0)
    if depth >= MAX_IMAGES:
        return False
    state.env[_DEPTH] = depth + 1
    try:
        return rule(state, silent)
    finally:
        state.env[_DEPTH] = depth


def _with_braces(rule: InlineRule, state: StateInline, silent: bool) -> bool:
    """Run the rule for `[words]{.class}` only where there may be one: it looks at all that follows."""
    return state.src[state.pos] == "[" and state.src.find("]{", state.pos, state.posMax) != -1 and rule(state, silent)


def _template_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = TEMPLATE_TAG.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("template", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _keep_template_tags(rule: Callable[..., bool]) -> Callable[..., bool]:
    """An attribute rule that does not take `{{ … }}`, `{% … %}` or `{# … #}` for attributes."""

    def keep(state: StateBlock | StateInline, *args: Any) -> bool:
        start = state.pos if isinstance(state, StateInline) else state.bMarks[args[0]] + state.tShift[args[0]]
        return (
            state.src[start : start + 2] not in ("{{", "{%")
            and not state.src.startswith("{# ", start)
            and rule(state, *args)
        )

    return keep


def _heading_attributes(state: StateCore) -> None:
    """Take `{#id .class}` at the end of a heading off its text."""
    for opening, token in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and token.content.endswith("}"):
            found = _HEADING_ATTRIBUTES.search(token.content)
            if not found or TEMPLATE_TAG.match(found[1]):
                continue
            try:
                end, attributes = parse(found[1])
            except ParseError:
                continue
            if end == len(found[1]) - 1:
                token.content = token.content[: found.start()]
                opening.attrs.update({k: v for k, v in attributes.items() if k in ("id", "class", "lang")})


def _container_titles(state: StateCore) -> None:
    """Give `::: note Title` the shape of an admonition, its title an inline token of its own."""
    tokens = list[Token]()
    for token in state.tokens:
        tokens.append(token)
        if token.type != "container_block_open":
            continue
        found = _CONTAINER.match(token.info)
        if found is None:
            continue
        token.attrs["class"] = f"admonition {found[1].lower()} {token.attrs.get('class', '')}".rstrip()
        if found[2]:
            lines = [token.map[0], token.map[0] + 1] if token.map else None
            tokens += [
                Token("admonition_title_open", "p", 1, attrs={"class": "admonition-title"}, map=lines, block=True),
                Token("inline", "", 0, content=found[2], map=lines, children=[]),
                Token("admonition_title_close", "p", -1, block=True),
            ]
    state.tokens = tokens
