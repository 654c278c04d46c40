"""One message as two sides left it, merged: what becomes of its translation, its comments, its places and flags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workflow.catalogue.grammar import quote, unquote
from workflow.catalogue.matching import human, worded
from workflow.message import MARK, Message

CONFLICT = f"{MARK} conflict theirs"
"""How the translator comments begin that keep the text of the other side."""

_KEPT = re.compile(re.escape(CONFLICT) + r'(?:\[\d+\])?: (".*")\s*')


def conflicting(message: Message) -> tuple[str, ...]:
    """The texts of another side that wait in a message's comments, plural forms one by one; mostly none."""
    found = (_KEPT.fullmatch(comment.strip()) for comment in message.comments)
    return tuple(unquote(each[1]) for each in found if each)


def edited(base: Message | None, message: Message) -> bool:
    """Whether a person has worked on a message since `base`; places and what the template says do not count."""
    if base is None or not human(message):
        return human(message)
    return (_wording(base), _standing(base), base.comments) != (
        _wording(message),
        _standing(message),
        message.comments,
    )


def both(base: Message | None, ours: Message, theirs: Message) -> tuple[Message, bool]:
    """A message of both sides merged, and whether both had changed its translation; `base` is None for a new one."""
    # Of a message that never was, everything is new, and one living side makes it live.
    base = base or Message(ours.msgid, msgctxt=ours.msgctxt, obsolete=True)
    text, other, conflict = _preferred(base, ours, theirs)
    comments = _comments(base, ours, theirs, text)
    if conflict:
        comments += tuple(line for line in _kept(theirs) if line not in comments)
    merged = replace(
        ours,
        msgstr=text.msgstr,
        plural=text.plural,
        msgid_plural=text.msgid_plural,
        previous=text.previous,
        previous_ctxt=text.previous_ctxt,
        previous_plural=text.previous_plural,
        comments=comments,
        extracted=joined(base.extracted, ours.extracted, theirs.extracted),
        references=joined(base.references, ours.references, theirs.references),
        flags=_flags(base, ours, theirs, conflict or text.fuzzy or _doubted(base, text, other)),
        obsolete=theirs.obsolete if ours.obsolete == base.obsolete else ours.obsolete,
    )
    return merged, conflict


def joined(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Our lines without those that they removed and with those that they added, each after its predecessor."""
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    removed = Counter(base) - Counter(theirs)
    result = list[str]()
    for line in ours:
        if removed[line]:
            removed[line] -= 1
        else:
            result.append(line)
    known, place = Counter(base) | Counter(ours), 0
    for line in theirs:
        if not known[line]:
            result.insert(place, line)
            place += 1
        elif line in result[place:]:
            place = result.index(line, place) + 1
        known[line] -= 1 if known[line] else 0
    return tuple(result)


def _preferred(base: Message, ours: Message, theirs: Message) -> tuple[Message, Message, bool]:
    """The side whose translation stays, the other side, and whether both had given it words of their own."""
    if not worded(base) and worded(ours) != worded(theirs):
        # A person's word, be it an approval, goes before whatever machines wrote meanwhile.
        return (ours, base, False) if worded(ours) else (theirs, base, False)
    if _wording(ours) == _wording(theirs):
        return (theirs, ours, False) if _standing(ours) == _standing(base) else (ours, theirs, False)
    if _wording(ours) == _wording(base):
        return theirs, ours, False
    if _wording(theirs) == _wording(base):
        return ours, theirs, False
    if worded(ours) and worded(theirs):
        return ours, theirs, True
    # At most one side has a person's words: the other was emptied, or both were drafted by machines.
    keep = worded(ours) or (not worded(theirs) and (any(ours.texts) or not any(theirs.texts)))
    return (ours, base, False) if keep else (theirs, base, False)


def _doubted(base: Message, text: Message, other: Message) -> bool:
    """Whether the other side marked the text fuzzy, which its own side does not."""
    return other.fuzzy and _standing(other) not in (_standing(base), _standing(text))


def _wording(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.msgid_plural, message.texts


def _standing(message: Message) -> tuple[object, ...]:
    """What says how far a text has come; it goes with the text."""
    previous = message.previous_ctxt, message.previous, message.previous_plural
    return message.fuzzy, previous, _marks(message.comments)


def _kept(theirs: Message) -> Iterator[str]:
    """The comments that keep a whole translation, quoted as it would stand in a file."""
    for number, text in enumerate(theirs.texts):
        form = "" if theirs.msgid_plural is None else f"[{number}]"
        yield f'{CONFLICT}{form}: "{quote(text)}"'


def _comments(base: Message, ours: Message, theirs: Message, text: Message) -> tuple[str, ...]:
    """People's comments of both sides, and the origin of the text that stays."""
    lines = joined(*(_plain(each.comments) for each in (base, ours, theirs)))
    marks = _marks(text.comments)
    for side in (ours, theirs):
        if (_plain(side.comments), _marks(side.comments)) == (lines, marks):
            return side.comments
    return *lines, *marks


def _is_mark(comment: str) -> bool:
    """Whether a comment is Ordbro's own word about a text's origin."""
    return comment.strip().startswith(MARK) and not comment.strip().startswith(CONFLICT)


def _marks(comments: Iterable[str]) -> tuple[str, ...]:
    return tuple(comment for comment in comments if _is_mark(comment))


def _plain(comments: Iterable[str]) -> tuple[str, ...]:
    return tuple(comment for comment in comments if not _is_mark(comment))


def _flags(base: Message, ours: Message, theirs: Message, fuzzy: bool) -> tuple[str, ...]:
    others = [tuple(flag for flag in each.flags if flag != "fuzzy") for each in (base, ours, theirs)]
    flags = joined(*others)
    for side in (ours, theirs):
        if set(side.flags) == {*flags, *(("fuzzy",) if fuzzy else ())}:
            return side.flags
    return ("fuzzy", *flags) if fuzzy else flags
