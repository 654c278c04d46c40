"""Marks, tags and addresses in a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow import html_text, inline, markdown, safety
from workflow.characters import character_problems
from workflow.checks.unit import Remark, Unit
from workflow.filling import usable
from workflow.finding import Severity
from workflow.safety import footnote_environment

_LINE_MARK = re.compile(
    r"^[ \t]*(#{1,6}(?= )|[-*+](?= )|\d+[.)](?= )|>|```|~~~|\|(?= )|:(?= )|:{3,}|!{3}(?= )|\{(?=[.#])|={3,}$|-{3,}$)",
    re.M,
)
_MARK = re.compile(
    r"\*\*|~~|`|(?<![\w*_])[*_](?=\w)"  # emphasis, code
    r"|!?\[\[|\]\(|\]\[|\]\{|\[\^|\^\[|\[(?=[^\]]{1,99}\]:)"  # links, footnotes
    r"|<!--|-->|\]\]>|</?[A-Za-z]\w*|<[!?]"  # HTML
    r"|\{\{|\{%|\{#|\{\.|\|+"  # template tags, attributes, tables
)
_LINE_END = re.compile(r"[\r\n]+")


def unusable(unit: Unit) -> Iterator[Remark]:
    """A translation whose marks differ from the source's so that it cannot be shown."""
    for problem in usable(unit.segment, unit.message.texts[0]):
        yield Remark(Severity.ERROR, f"the translation {problem}; readers get the source text instead, mend the msgstr")


def lost_marks(unit: Unit) -> Iterator[Remark]:
    """A translation that leaves out a link, code or emphasis."""
    text, source = unit.message.texts[0], unit.segment.text
    if unit.segment.role != "inline" or _is_hopeless(source, text):
        return
    here = markdown.parse_inline(source, footnote_environment(source))
    there = markdown.parse_inline(text, footnote_environment(source))
    if not safety.inline_problems(here, there):
        for loss in safety.inline_losses(here, there):
            yield Remark(Severity.WARNING, f"the translation {loss}")


def stray_blocks(unit: Unit) -> Iterator[Remark]:
    """Marks of blocks, links, emphasis or HTML that do nothing, so that readers would see them as characters."""
    text, source = unit.message.texts[0], unit.segment.text
    if _is_hopeless(source, text):
        return
    known = set(_stray(unit, source))
    strange = [mark for mark in dict.fromkeys(_stray(unit, text)) if mark not in known]
    if strange:
        shown = ", ".join(strange[:3])
        yield Remark(Severity.WARNING, f"the translation has {shown}, which readers would see as characters")
    if "\n" in text.strip() and len(_LINE_END.findall(text.strip())) > len(_LINE_END.findall(source)):
        yield Remark(
            Severity.WARNING, "the translation has more lines than the source; it stays one paragraph all the same"
        )


def _is_hopeless(source: str, text: str) -> bool:
    """Whether a text is too long, or its characters too strange, to be worth a second look."""
    return any(character_problems(source, text))


def _stray(unit: Unit, text: str) -> Iterator[str]:
    """What looks like a mark in the text that readers see."""
    for found in _LINE_MARK.finditer(text.strip()):
        yield found[1]
    for found in _MARK.finditer(_seen(unit, text)):
        yield found[0]


def _seen(unit: Unit, text: str) -> str:
    """The text without the marks that do their work."""
    if unit.segment.role == "inline":
        tokens = markdown.parse_inline(text, footnote_environment(unit.segment.text))
        return "\n".join(token.content for token in inline.walk(tokens) if token.type == "text")
    if unit.segment.role == "html":
        return "".join(part for kind, part in html_text.tokens(text) if kind == html_text.TEXT)
    return text
