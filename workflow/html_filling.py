"""Filling raw HTML: translations take the place of its texts and of its readable attributes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workflow import html_text
from workflow.html_text import RAW, TAG, TEXT, Piece
from workflow.marking import Languages, html_attributes
from workflow.segmentation import Segment, attribute_kind

Choose = Callable[[Segment], tuple[str, str]]
"""Gives the text to show for a segment, empty for its own, and its state."""


def fill_tag(tag: str, segments: Sequence[Segment], choose: Choose) -> str:
    """A tag with the translations of its readable attributes."""

    def translate(name: str, value: str) -> str:
        for segment in segments:
            if segment.role == "attribute" and segment.text == value and segment.kind == attribute_kind(name):
                return choose(segment)[0] or value
        return value

    return html_text.fill_tag(tag, translate)


def fill_html(source: str, segments: Sequence[Segment], choose: Choose, languages: Languages | None) -> str:
    """Raw HTML with the translations of its texts and readable attributes, marked with language and state."""
    made, drawing = list[str](), False
    texts = iter([segment for segment in segments if segment.role == "html"])
    pieces = html_text.partition(source)
    for index, piece in enumerate(pieces):
        if piece.kind == RAW:
            made.append(piece.raw)
        elif piece.kind == TAG:
            made.append(fill_tag(piece.raw, segments, choose))
            drawing = html_text.is_opening(piece.raw) if html_text.tag_name(piece.raw) == "svg" else drawing
        else:
            segment = next(texts)
            text, state = choose(segment)
            shown = _shown(html_text.to_message(text) or segment.text, segments, choose)
            alone = _stands_alone(pieces, index)
            if alone and languages and text not in ("", segment.text):
                _speak(made, languages.page)
            made.append(_marked(made, shown, state, languages, alone, spans=not drawing))
    return "".join(made)


def _shown(text: str, segments: Sequence[Segment], choose: Choose) -> str:
    """A text as HTML: its tags are those of the source, everything else is text."""
    return "".join(
        fill_tag(part, segments, choose) if kind == TAG else html_text.escape(part) if kind == TEXT else part
        for kind, part in html_text.tokens(text)
    )


def _stands_alone(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a text is all that its element holds."""
    before = next((piece for piece in reversed(pieces[:index]) if piece.raw.strip()), None)
    after = next((piece for piece in pieces[index + 1 :] if piece.raw.strip()), None)
    return (
        before is not None
        and after is not None
        and before.kind == TAG
        and html_text.is_opening(before.raw)
        and after.raw.lower().startswith(f"</{html_text.tag_name(before.raw)}")
    )


def _speak(made: list[str], language: str) -> None:
    """Where the element around a translation tells a language of its own, it is now that of the page."""
    made[_last(made)] = html_text.change_attributes(
        made[_last(made)], lambda name, value: language if name == "lang" else value
    )


def _last(made: list[str]) -> int:
    """The index of the last piece that is no space."""
    return next(index for index in range(len(made) - 1, -1, -1) if made[index].strip())


def _marked(made: list[str], shown: str, state: str, languages: Languages | None, alone: bool, spans: bool) -> str:
    """Mark the element around a text with its state, or a span where it holds more than the text."""
    if alone:
        before = _last(made)
        attributes = html_attributes(state, languages, made[before])
        if attributes:
            made[before] = html_text.with_attributes(made[before], attributes)
        return shown
    attributes = html_attributes(state, languages)
    return f"<span {attributes}>{shown}</span>" if attributes and spans else shown
