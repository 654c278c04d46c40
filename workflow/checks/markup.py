"""Marks, tags and addresses in a translation."""

from __future__ import annotations

from collections.abc import Iterator

from workflow import markdown, safety
from workflow.checks.unit import Remark, Unit
from workflow.filling import usable
from workflow.finding import Severity
from workflow.safety import footnote_environment


def unusable(unit: Unit) -> Iterator[Remark]:
    """A translation whose marks differ from the source's so that it cannot be shown."""
    for problem in usable(unit.segment, unit.message.texts[0]):
        yield Remark(Severity.ERROR, f"the translation {problem}; readers get the source text instead, mend the msgstr")


def lost_marks(unit: Unit) -> Iterator[Remark]:
    """A translation that leaves out a link, code or emphasis."""
    if unit.segment.role != "inline":
        return
    text, source = unit.message.texts[0], unit.segment.text
    here = markdown.parse_inline(source, footnote_environment(source))
    there = markdown.parse_inline(text, footnote_environment(source))
    if not safety.inline_problems(here, there):
        for loss in safety.inline_losses(here, there):
            yield Remark(Severity.WARNING, f"the translation {loss}")


def stray_blocks(unit: Unit) -> Iterator[Remark]:
    """A translation that begins like a heading, list or quotation, which readers would see as characters."""
    text, source = unit.message.texts[0].lstrip(), unit.segment.text
    for mark, what in (
        ("# ", "a heading"),
        ("## ", "a heading"),
        ("- ", "a list"),
        ("* ", "a list"),
        ("> ", "a quotation"),
        ("```", "a code block"),
        ("| ", "a table"),
    ):
        if text.startswith(mark) and not source.startswith(mark):
            yield Remark(
                Severity.WARNING, f"the translation begins like {what} ({mark.strip()}), which readers would see"
            )
            return
    if "\n\n" in text and "\n\n" not in source:
        yield Remark(Severity.WARNING, "the translation has a blank line; it stays one paragraph all the same")
