"""Filling: a Document and translations become block tokens that are ready to be rendered.

The inverse of `segmentation`: it walks the same segments. A translation becomes the *inline*
content of its block and nothing else, so that whatever stands in it, the page keeps its structure.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from workflow import html_filling, html_text, links, markdown, marking, rendering, safety
from workflow.characters import character_problems
from workflow.directives import is_directive
from workflow.marking import KEPT, MACHINE, SHOWS, SOURCE, Languages
from workflow.segmentation import Document, Segment, anchor, attribute_kind, block_segments, carrier, lone_image

__all__ = ["MACHINE", "SOURCE", "Filled", "Languages", "Lookup", "Refusal", "Target", "choose", "fill", "usable"]

_MARKUP = re.compile(r"[\\`*_\[\]<>&!~{}^\r\n]")


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


def fill(
    document: Document, lookup: Lookup, languages: Languages | None = None, resolve: Callable[[str], str] = str
) -> Filled:
    """Render a document's body with what `lookup` gives for each segment.

    `languages` is None on a page in the source language, which needs no marks; `resolve` maps
    every address of a link or picture to the one the page shall have.
    """
    filler = _Filler(document, lookup, languages)
    tokens = markdown.move_footnotes(filler.run(), filler.env)
    marking.mark(tokens, languages)
    links.resolve(tokens, resolve)
    filler.result.html = rendering.render(tokens, filler.env)
    return filler.result


def choose(segment: Segment, target: Target) -> tuple[Target, str]:
    """The target if it can be used, else the source text's; and why not, as a predicate (empty if it can)."""
    problems = usable(segment, target.text) if target.text else []
    return (Target("", SOURCE), problems[0]) if problems else (target, "")


def usable(segment: Segment, text: str) -> list[str]:
    """Why `text` cannot stand in place of a segment; empty if it can."""
    source = segment.text
    if not text.strip():
        return ["is empty"]
    problems = list(character_problems(source, text))
    if problems or text == source or not (_MARKUP.search(text) or _MARKUP.search(source)):
        return problems
    if segment.role == "html":
        return safety.html_problems(source, html_text.to_message(text))
    if segment.role == "inline":
        return safety.inline_problems(
            markdown.parse_inline(source, safety.footnote_environment(source)),
            markdown.parse_inline(text, safety.footnote_environment(source)),
        )
    return safety.plain_problems(source, text)


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
        for index, segment in block_segments(self.document):
            found.setdefault(index, []).append(segment)
        tokens = list[Token]()
        for index, token in enumerate(self.document.tokens):
            if is_directive(token):
                continue
            tokens.append(token.copy(attrs=dict(token.attrs), meta=dict(token.meta)))
            segments = found.get(index, [])
            if token.type == "inline":
                self._inline(tokens, segments)
            elif token.type == "paragraph_close" and tokens[-2].type == "inline":
                tokens[-1].tag = tokens[-3].tag
            elif token.type == "html_block" and segments:
                tokens[-1].content = html_filling.fill_html(token.content, segments, self._choose, self.languages)
            elif segments:
                self._attributes(tokens[-1], segments)
        return tokens

    def _choose(self, segment: Segment) -> tuple[str, str]:
        """The text to show for a segment, empty for its own, and its state."""
        if segment.kept:
            return "", KEPT
        target, problem = choose(segment, self.lookup(segment))
        if problem:
            self.result.refusals.append(Refusal(segment, problem))
        self.result.states[target.state] = self.result.states.get(target.state, 0) + 1
        return target.text, target.state

    def _inline(self, tokens: list[Token], segments: list[Segment]) -> None:
        token = tokens[-1]
        whole = next((segment for segment in segments if segment.role == "inline"), None)
        if whole is not None:
            text, state = self._choose(whole)
            source = markdown.parse_inline(whole.text, self.env)
            token.children = _replace(source, text, self.env) if text else source
            holder = carrier(tokens, len(tokens) - 1)
            if holder and "lang" in holder.attrs and text not in ("", whole.text) and self.languages:
                holder.attrs["lang"] = self.languages.page
            marking.show(holder, token, anchor(whole.text), state, self.languages is not None)
        else:
            token.children = markdown.parse_inline(token.content, self.document.env | self.env)
            picture = lone_image(token.children)
            if picture is not None:
                self._picture(tokens, picture, segments)
        for child in token.children:
            if child.type == "html_inline":
                child.content = html_filling.fill_tag(child.content, segments, self._choose)

    def _picture(self, tokens: list[Token], picture: Token, segments: Iterable[Segment]) -> None:
        """Put the description and caption of a picture that stands alone; with a caption it is a figure."""
        token, opening = tokens[-1], tokens[-2]
        identity, state = "", ""
        for segment in segments:
            text, state = self._choose(segment)
            if segment.role == "alt":
                picture.children = [Token("text", "", 0, content=text or segment.text)]
                picture.meta[SHOWS] = (anchor(segment.text), state)
            elif segment.role == "title":
                picture.attrs["title"], identity = text or segment.text, anchor(segment.text)
        if "title" in picture.attrs and opening.type == "paragraph_open" and not opening.hidden:
            opening.tag = "figure"
            caption = Token("figcaption_open", "figcaption", 1, meta={SHOWS: (identity, state)} if identity else {})
            words = Token("text", "", 0, content=str(picture.attrs.pop("title")))
            token.children = [*(token.children or []), caption, words, Token("figcaption_close", "figcaption", -1)]

    def _attributes(self, token: Token, segments: Iterable[Segment]) -> None:
        """Put the translations of what readers see or hear of a block's attributes."""
        for segment in segments:
            for name, value in token.attrs.items():
                if value == segment.text and attribute_kind(name) == segment.kind:
                    token.attrs[name] = self._choose(segment)[0] or value


def _replace(source: list[Token], text: str, env: dict[str, Any]) -> list[Token]:
    """The tokens of a translation, its footnote marks and line breaks being those of the source."""
    children = markdown.parse_inline(text, {"footnotes": copy.deepcopy(env.get("footnotes", {}))})
    marks: dict[str, list[Token]] = {}
    for token in source:
        if token.type == "footnote_ref":
            marks.setdefault(token.meta["label"], []).append(token)
    for token in children:
        if token.type == "footnote_ref":
            token.meta = marks[token.meta["label"]].pop(0).meta
    _break_lines(children, sum(token.type == "hardbreak" for token in source))
    return children


def _break_lines(children: list[Token], count: int) -> None:
    """Leave as many hard line breaks as the source has; bare line ends count as such where there are no others."""
    hard = [token for token in children if token.type == "hardbreak"]
    soft = [token for token in children if token.type == "softbreak"]
    for place, token in enumerate(hard or soft):
        token.type = "hardbreak" if place < count else "softbreak"
