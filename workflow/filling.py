"""Filling: a Document and translations become block tokens that are ready to be rendered.

The inverse of `segmentation`: it walks the same segments. A translation becomes the *inline*
content of its block and nothing else, so that whatever stands in it, the page keeps its structure.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from workflow import html_text, inline, links, markdown, rendering, safety
from workflow.segmentation import Document, Segment, anchor, attribute_kind, block_segments, is_directive, lone_image

SOURCE, MACHINE = "source", "machine"


@dataclass(frozen=True, slots=True)
class Target:
    """What shall stand in place of a segment."""

    text: str
    """The translation; empty to keep the source text."""
    state: str = ""
    """`machine` for unreviewed machine text, `source` for the source text, else empty."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A translation that could not be used."""

    segment: Segment
    """Where it should have stood."""
    problem: str
    """Why not, as a predicate: `lacks the HTML tag <b>`."""


@dataclass(slots=True)
class Filled:
    """The outcome of filling a document."""

    html: str
    """The rendered body."""
    refusals: list[Refusal] = field(default_factory=list)
    """Translations that could not be used; the source text stands there."""
    states: dict[str, int] = field(default_factory=dict)
    """How many segments of the body show each Target.state."""


Lookup = Callable[[Segment], Target]


@dataclass(frozen=True, slots=True)
class Languages:
    """The two languages that a translated page may show, as BCP 47 tags."""

    page: str
    """The language of the page."""
    source: str
    """The language of what is not translated."""


def fill(
    document: Document, lookup: Lookup, languages: Languages | None = None, resolve: Callable[[str], str] = str
) -> Filled:
    """Render a document's body with what `lookup` gives for each segment.

    `languages` is None on a page in the source language, which needs no marks; `resolve` maps
    every address of a link or picture to the one the page shall have.
    """
    filler = _Filler(document, lookup, languages)
    tokens = markdown.move_footnotes(filler.run(), filler.env)
    _mark(tokens, languages, set(), [""])
    links.resolve(tokens, resolve)
    filler.result.html = rendering.render(tokens, filler.env)
    return filler.result


def usable(segment: Segment, text: str) -> list[str]:
    """Why `text` cannot stand in place of a segment; empty if it can."""
    if not text.strip():
        return ["is empty"]
    if segment.role == "html":
        return safety.html_problems(segment.text, html_text.to_message(text))
    if segment.role == "inline":
        return safety.inline_problems(
            _parse(segment.text, safety.footnote_environment(segment.text)),
            _parse(text, safety.footnote_environment(segment.text)),
        )
    return []


class _Filler:
    """The walk over one document; collects what could not be used."""

    def __init__(self, document: Document, lookup: Lookup, languages: Languages | None) -> None:
        self.document, self.lookup, self.languages = document, lookup, languages
        self.env = {key: value for key, value in document.env.items() if key != "references"}
        self.env = {**self.env, "footnotes": copy.deepcopy(document.env.get("footnotes", {}))}
        self.result = Filled("")

    def run(self) -> list[Token]:
        """The document's tokens, copied, with their inline children."""
        found: dict[int, list[Segment]] = {}
        if self.document.article.translatable:
            for index, segment in block_segments(self.document):
                found.setdefault(index, []).append(segment)
        tokens = list[Token]()
        for index, token in enumerate(self.document.tokens):
            if is_directive(token):
                continue
            tokens.append(token.copy(attrs=dict(token.attrs), meta=dict(token.meta)))
            if token.type == "inline":
                self._inline(tokens, found.get(index, []))
            elif token.type == "paragraph_close" and tokens[-2].type == "inline":
                tokens[-1].tag = tokens[-3].tag
            elif token.type == "html_block" and index in found:
                tokens[-1].content = self._html(token.content, found[index])
        return tokens

    def _choose(self, segment: Segment) -> tuple[str, str]:
        """The text to show for a segment and its state, after a look at whether it can be used."""
        target = self.lookup(segment)
        text, state = target.text, target.state
        if text:
            problems = usable(segment, text)
            if problems:
                self.result.refusals.append(Refusal(segment, problems[0]))
                text, state = "", SOURCE
        self.result.states[state] = self.result.states.get(state, 0) + 1
        return text, state

    def _inline(self, tokens: list[Token], segments: list[Segment]) -> None:
        token = tokens[-1]
        whole = next((segment for segment in segments if segment.role == "inline"), None)
        if whole is not None:
            text, state = self._choose(whole)
            source = _parse(whole.text, self.env)
            token.children = _replace(source, text, self.env) if text else source
            _show(tokens, anchor(whole.text), state, self.languages is not None)
        else:
            token.children = markdown.parse_inline(token.content, self.document.env | self.env)
            picture = lone_image(token.children)
            if picture is not None and segments:
                self._picture(tokens, picture, segments)
        for child in inline.walk(token.children):
            if child.type == "html_inline":
                child.content = self._tag(child.content, segments)

    def _picture(self, tokens: list[Token], picture: Token, segments: list[Segment]) -> None:
        """Put the description and caption of a picture that stands alone; with a caption it is a figure."""
        token, opening = tokens[-1], tokens[-2]
        for segment in segments:
            text, state = self._choose(segment)
            if segment.role == "alt":
                picture.children = [Token("text", "", 0, content=text or segment.text)]
                picture.meta["shows"] = ("", state)
            elif segment.role == "title":
                picture.attrs["title"] = text or segment.text
                if opening.type == "paragraph_open" and not opening.hidden:
                    self._figure(token, opening, picture, segment, state)

    def _figure(self, token: Token, opening: Token, picture: Token, segment: Segment, state: str) -> None:
        opening.tag = "figure"
        caption = Token("figcaption_open", "figcaption", 1)
        caption.meta["shows"] = (anchor(segment.text), state)
        text = Token("text", "", 0, content=str(picture.attrs.pop("title")))
        token.children = [*(token.children or []), caption, text, Token("figcaption_close", "figcaption", -1)]

    def _tag(self, tag: str, segments: list[Segment]) -> str:
        def translate(name: str, value: str) -> str:
            for segment in segments:
                if segment.role == "attribute" and segment.text == value and segment.kind == attribute_kind(name):
                    return self._choose(segment)[0] or value
            return value

        return html_text.fill_tag(tag, translate)

    def _html(self, source: str, segments: list[Segment]) -> str:
        made = list[str]()
        texts = iter(segment for segment in segments if segment.role == "html")
        for piece in html_text.partition(source):
            if not piece.text:
                made.append(self._tag(piece.raw, segments) if piece.raw.startswith("<") else piece.raw)
                continue
            segment = next(texts)
            text, state = self._choose(segment)
            shown = "".join(
                self._tag(part, segments) if is_tag else html_text.escape(part)
                for is_tag, part in html_text.tokens(html_text.to_message(text) or segment.text)
            )
            made.append(self._marked_html(made, shown, state))
        return "".join(made)

    def _marked_html(self, made: list[str], shown: str, state: str) -> str:
        """Mark the element around a text in raw HTML with its state, or a span where there is none."""
        if self.languages is None or not state:
            return shown
        mark = f'lang="{self.languages.source}" ' if state == SOURCE else ""
        mark += f'data-state="{state}"'
        before = next((index for index in range(len(made) - 1, -1, -1) if made[index].strip()), None)
        if before is not None and html_text.is_opening(made[before]) and "data-state=" not in made[before]:
            made[before] = html_text.with_attributes(made[before], mark)
            return shown
        return f"<span {mark}>{shown}</span>"


def _parse(text: str, env: dict[str, Any]) -> list[Token]:
    return markdown.parse_inline(text, env)


def _replace(source: list[Token], text: str, env: dict[str, Any]) -> list[Token]:
    """The tokens of a translation, its footnote marks and line breaks being those of the source."""
    children = _parse(text, {"footnotes": copy.deepcopy(env.get("footnotes", {}))})
    marks: dict[str, list[Token]] = {}
    for token in source:
        if token.type == "footnote_ref":
            marks.setdefault(token.meta["label"], []).append(token)
    broken = any(token.type == "hardbreak" for token in source)
    for token in children:
        if token.type == "footnote_ref":
            token.meta = marks[token.meta["label"]].pop(0).meta
        elif token.type in ("softbreak", "hardbreak"):
            token.type = "hardbreak" if broken else "softbreak"
    return children


def _show(tokens: list[Token], identity: str, state: str, marked: bool) -> None:
    """Note on the element around the last token which segment it shows; where there is none, make a span if need be."""
    token, opening = tokens[-1], tokens[-2]
    if opening.hidden:
        opening = tokens[-3]
    if opening.type in ("list_item_open", "dd_open") or (opening.nesting == 1 and not opening.hidden):
        opening.meta["shows"] = (identity, state)
    elif marked and state:
        span = Token("span_open", "span", 1, meta={"shows": ("", state)})
        token.children = [span, *(token.children or []), Token("span_close", "span", -1)]


def _mark(tokens: list[Token], languages: Languages | None, used: set[str], spoken: list[str]) -> None:
    """Give every shown segment its id and, on a translated page, its language and state.

    `spoken` is the stack of what is spoken inside the open elements: SOURCE or "" (the page's own).
    """
    for token in tokens:
        shows = token.meta.get("shows")
        if token.nesting == 1:
            spoken.append(spoken[-1])
        elif token.nesting == -1:
            spoken.pop()
        if shows:
            _mark_one(token, shows[0], shows[1], languages, used, spoken)
        if token.type == "inline":
            _mark(token.children or [], languages, used, spoken)


def _mark_one(
    token: Token, identity: str, state: str, languages: Languages | None, used: set[str], spoken: list[str]
) -> None:
    if identity and "id" not in token.attrs:
        token.attrs["id"] = _unique(identity, used)
    if languages is None:
        return
    now = SOURCE if state == SOURCE else ""
    if now != spoken[-1]:
        token.attrs["lang"] = languages.source if now else languages.page
    if token.nesting == 1:
        spoken[-1] = now
        if state:
            token.attrs["data-state"] = state


def _unique(identity: str, used: set[str]) -> str:
    name, count = identity, 1
    while name in used:
        count += 1
        name = f"{identity}-{count}"
    used.add(name)
    return name
