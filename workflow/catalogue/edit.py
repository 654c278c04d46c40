"""Changing an entry the way a careful person does: only the lines that say something else are written anew."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

from workflow.catalogue.block import (
    Entry,
    Kind,
    comment_text,
    extracted_text,
    intro_lines,
    line_flags,
    line_references,
    written,
)
from workflow.catalogue.grammar import LIVE, OBSOLETE
from workflow.catalogue.style import Style, statements
from workflow.message import Message

_ORDER: tuple[Kind, ...] = ("#", "#.", "#:", "#,", "#|")
"""The order of comments in an entry, as gettext writes it."""
_STATEMENT = re.compile(r"(?:#~)?[ \t]*(msg(?:id_plural|id|ctxt|str)(?:\[[0-9]+\])?)(?=[ \t]*(?:\"|\r?\n))")
_Line = tuple[Kind, str]


def rewrite(entry: Entry, message: Message, style: Style) -> Entry:
    """The entry with `message` in place of its own; lines of what is equal keep their bytes."""
    old = entry.message
    if message is old or replace(old, line=message.line) == message:
        return entry
    message = replace(message, line=old.line)
    raw = _finely(entry, message, style)
    found = (OBSOLETE if message.obsolete else LIVE).fullmatch(raw)
    if found is not None:
        result = Entry(raw, entry.first, found)
        if _essence(result.message) == _essence(message):
            return replace(result, parsed=message)
    # An entry of unusual form: all of it is written anew.
    blank = re.match(r"[\r\n]*", entry.raw)
    return written((blank[0] if blank else "") + style.entry(message), message.obsolete, message, entry.first)


def _essence(message: Message) -> object:
    previous = message.previous, message.previous_ctxt, message.previous_plural
    return message.key, message.msgid_plural, message.texts, previous, message.fuzzy, message.obsolete


def _finely(entry: Entry, message: Message, style: Style) -> str:
    old = entry.message
    before = entry.found["intro"]
    intro = list(intro_lines(before))
    # What follows the last newline of the comments is the white space before the first statement.
    indent = intro.pop()[1].rstrip("\n")
    intro = _comments(intro, "#", old.comments, message.comments, style)
    intro = _comments(intro, "#.", old.extracted, message.extracted, style)
    intro = _references(intro, old, message, style)
    intro = _flags(intro, old.flags, message.flags, style)
    intro = _previous(intro, old, message, style)
    return "".join(line for _, line in intro) + indent + _body(entry.raw[len(before) :], old, message, style)


def _comments(lines: list[_Line], kind: Kind, old: tuple[str, ...], new: tuple[str, ...], style: Style) -> list[_Line]:
    """Comments of a line each: those in both stay where they are."""
    if old == new:
        return lines
    read = comment_text if kind == "#" else extracted_text
    places = [place for place, (each, _) in enumerate(lines) if each == kind]
    result = list(lines)
    moves = SequenceMatcher(None, [read(lines[place][1]) for place in places], new, autojunk=False).get_opcodes()
    for tag, start, stop, first, last in reversed(moves):
        if tag == "equal":
            continue
        place = places[start] if start < len(places) else places[-1] + 1 if places else _place(lines, kind)
        for each in reversed(places[start:stop]):
            del result[each]
        result[place:place] = [(kind, style.comment(kind, text)) for text in new[first:last]]
    return result


def _place(lines: list[_Line], kind: Kind) -> int:
    """Where the first comment of a kind goes: after those that come before it in gettext's order."""
    later = _ORDER[_ORDER.index(kind) + 1 :]
    for place, (each, _) in enumerate(lines):
        if each in later:
            return place
    return len(lines)


def _swap(lines: list[_Line], kind: Kind, text: str) -> list[_Line]:
    """All lines of a kind replaced by `text`, where the first of them stood."""
    places = [place for place, (each, _) in enumerate(lines) if each == kind]
    place = places[0] if places else _place(lines, kind)
    kept = [line for line in lines[:place] if line[0] != kind], [line for line in lines[place:] if line[0] != kind]
    return [*kept[0], *([(kind, text)] if text else []), *kept[1]]


def _references(lines: list[_Line], old: Message, new: Message, style: Style) -> list[_Line]:
    if old.references == new.references:
        return lines
    rows = [line_references(line) for kind, line in lines if kind == "#:"]
    if len(rows) > 1 and all(len(row) == 1 for row in rows):
        style = replace(style, reference_width=0)
    return _swap(lines, "#:", style.references(new.references))


def _flags(lines: list[_Line], old: tuple[str, ...], new: tuple[str, ...], style: Style) -> list[_Line]:
    """Flags that went leave their line, new ones join the first line; `fuzzy` stands in front."""
    if old == new:
        return lines
    added = [flag for flag in new if flag not in old]
    kept = [flag for flag in old if flag in new]
    order = [flag for flag in new if flag in old]
    if kept != order:
        return _swap(lines, "#,", style.flags(new))
    result: list[_Line] = []
    for kind, line in lines:
        flags = line_flags(line) if kind == "#," else []
        wanted = [flag for flag in flags if flag in new]
        if kind == "#," and added:
            wanted, added = [flag for flag in new if flag in wanted or flag in added], []
        if wanted == flags:
            result.append((kind, line))
        elif wanted:
            mark = re.match(r"(?:#~)?[ \t]*#[,!=][ \t]*", line)
            result.append((kind, (mark[0] if mark else "#, ") + ", ".join(wanted) + style.newline))
    if added:
        result.insert(_place(result, "#,"), ("#,", style.flags(added)))
    return result


def _previous(lines: list[_Line], old: Message, new: Message, style: Style) -> list[_Line]:
    before = old.previous, old.previous_ctxt, old.previous_plural
    if before != (new.previous, new.previous_ctxt, new.previous_plural):
        return _swap(lines, "#|", style.previous(new))
    if old.obsolete == new.obsolete:
        return lines
    pattern, mark = (r"^[ \t]*#\|", "#~|") if new.obsolete else (r"^[ \t]*#~\|", "#|")
    return [(kind, re.sub(pattern, mark, line) if kind == "#|" else line) for kind, line in lines]


def _body(raw: str, old: Message, new: Message, style: Style) -> str:
    """The statements; those that say the same keep their lines."""
    parts = _statements(raw, old)
    wanted = style.body(new)
    if parts is None:
        return "".join(lines for _, lines in wanted)
    if not raw.endswith("\n"):
        last = next(reversed(parts))
        parts[last] += style.newline
    before, after = dict(statements(old)), dict(statements(new))
    result = ""
    for keyword, lines in wanted:
        same = keyword in parts and before.get(keyword) == after[keyword]
        result += _marked(parts[keyword], old, new) if same else lines
    return result


def _statements(raw: str, old: Message) -> dict[str, str] | None:
    """The lines of each statement by its keyword; None when two share a line or one is written strangely."""
    parts: dict[str, str] = {}
    keyword = ""
    for line in raw.splitlines(keepends=True) if "\r" not in raw.replace("\r\n", "") else [raw]:
        found = _STATEMENT.match(line)
        keyword = found[1] if found else keyword
        if found and keyword in parts:
            return None
        parts[keyword] = parts.get(keyword, "") + line
    return parts if list(parts) == [keyword for keyword, _ in statements(old)] else None


def _marked(lines: str, old: Message, new: Message) -> str:
    """Lines of a statement with or without `#~`, as the new message has it."""
    if old.obsolete == new.obsolete:
        return lines
    if new.obsolete:
        return re.sub(r"^(?=[^\r\n])", "#~ ", lines, flags=re.MULTILINE)
    return re.sub(r"^[ \t]*#~ ?", "", lines, flags=re.MULTILINE)
