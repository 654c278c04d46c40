"""Merging two versions of a catalogue that grew from a common one: message by message, as pure functions.

Changes to different messages never meet. Where both sides changed one translation, both texts stay: ours live and
marked fuzzy, theirs in a translator comment (`ordbro: conflict theirs: "…"`). Everything else about a message
(places, comments, flags, the header) can be joined. A message whose English one side edited is still the same
message for the other side's work on its translation.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from workflow.catalogue.block import Block, Entry, written
from workflow.catalogue.carry import stale
from workflow.catalogue.edit import rewrite
from workflow.catalogue.matching import assign, made_for, worded
from workflow.catalogue.po import Catalogue, Item
from workflow.catalogue.sides import both, edited, joined
from workflow.message import Key, Message

_OURS_ALWAYS = ("Content-Type", "Content-Transfer-Encoding")
_REVISED, _CREATED = "PO-Revision-Date", "POT-Creation-Date"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The outcome of a three-way merge."""

    catalogue: Catalogue
    """Ours with what they changed; ours itself when that is nothing."""
    conflicts: tuple[Message, ...] = ()
    """The messages whose translation both sides changed, as they are now: with both texts."""


def reconcile(base: Catalogue, ours: Catalogue, theirs: Catalogue) -> Reconciled:
    """Our catalogue with the changes that led from `base` to theirs.

    Messages that stay as ours keep their bytes and their order; new ones of theirs follow their predecessor.
    """
    before, mine, other = base.to_bytes(), ours.to_bytes(), theirs.to_bytes()
    if other in (before, mine):
        return Reconciled(ours)
    if mine == before:
        return Reconciled(theirs)
    work = _Work(base, ours, theirs, _heirs(base, ours, theirs), _heirs(base, theirs, ours))
    added = _theirs(work)
    items, conflicts = list[Item](added.get(-1, ())), list[Message]()
    for number, entry in enumerate(ours.entries):
        if _untouched(work, entry):
            items.append(number)
        else:
            message, conflict = _ours(work, entry.message)
            items += [(number, message)] if message is not None else []
            conflicts += [message] if message is not None and conflict else []
        items += added.get(number, ())
    return Reconciled(_with_header(base, ours, theirs).arrange(items), tuple(conflicts))


@dataclass(frozen=True)
class _Work:
    """Three catalogues, and which messages had their English edited."""

    base: Catalogue
    ours: Catalogue
    theirs: Catalogue
    our_heirs: dict[Key, Key]
    """Keys that we have no longer → the keys that their messages have now."""
    their_heirs: dict[Key, Key]
    """The same for them."""
    our_origins: dict[Key, Key] = field(init=False)
    """`our_heirs` the other way round."""
    their_origins: dict[Key, Key] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "our_origins", {new: old for old, new in self.our_heirs.items()})
        object.__setattr__(self, "their_origins", {new: old for old, new in self.their_heirs.items()})


def _heirs(base: Catalogue, side: Catalogue, other: Catalogue) -> dict[Key, Key]:
    """Keys that `side` has no longer → the keys under which it goes on with these messages."""
    gone, new = _missing(base, side), _missing(side, base)
    origins = {_origin(message): message for message in gone}
    result = dict[Key, Key]()
    for message in new:
        old = origins.get(_origin(message)) if message.previous is not None else None
        if old is not None and old.key not in result and _same_shape(old, message):
            result[old.key] = message.key
    # An extraction drops a machine's draft together with its English. Where the other side approved it meanwhile,
    # the English that took its place gets it, as it would have if the approval had come first.
    kept = [other.get(message.key) for message in gone if message.key not in result]
    approved = [message for message in kept if message is not None and edited(base.get(message.key), message)]
    empty = [message for message in new if not worded(message) and message.key not in other.index]
    pairs = assign(empty, approved) if empty and approved else {}
    return result | {approved[at].key: empty[place].key for place, at in pairs.items()}


def _missing(catalogue: Catalogue, other: Catalogue) -> list[Message]:
    """The messages of a catalogue whose keys another one does not have."""
    return [catalogue.entries[number].message for key, number in catalogue.index.items() if key not in other.index]


def _origin(message: Message) -> Key:
    """The context and English that a message's translation was made for."""
    earlier = message.fuzzy and message.previous is not None
    return message.previous_ctxt if earlier else message.msgctxt, made_for(message)


def _same_shape(one: Message, other: Message) -> bool:
    return (one.msgid_plural is None) == (other.msgid_plural is None)


def _carried(message: Message | None, heir: Message) -> Message | None:
    """A message as it would be if its English had been edited like its heir's; None without a translation."""
    return stale(message, heir) if message is not None and any(message.texts) else None


def _untouched(work: _Work, ours: Entry) -> bool:
    """Whether they have one of our messages to the byte as it is here or was before: told without reading it."""
    theirs = _raw(work.theirs, ours.key)
    return theirs is not None and theirs in (ours.raw, _raw(work.base, ours.key))


def _raw(catalogue: Catalogue, key: Key) -> str | None:
    number = catalogue.index.get(key)
    return None if number is None else catalogue.entries[number].raw


def _ours(work: _Work, ours: Message) -> tuple[Message | None, bool]:
    """What becomes of one of our messages (None: it goes), and whether both sides changed its translation."""
    base, theirs = work.base.get(ours.key), work.theirs.get(ours.key)
    heir = work.their_heirs.get(ours.key)
    if heir is not None and heir not in work.ours.index:
        theirs = work.theirs.messages[work.theirs.index[heir]]
        return both(_carried(base, theirs), _carried(ours, theirs) or theirs, theirs)
    origin = work.our_origins.get(ours.key) or work.their_origins.get(ours.key)
    if origin is not None:
        base = _carried(work.base.get(origin), ours)
        theirs = theirs or _carried(work.theirs.get(origin), ours)
    if theirs is not None:
        return both(base, ours, theirs)
    stays = base is None or origin is not None or edited(base, ours)
    return ours if stays else None, False


def _theirs(work: _Work) -> dict[int, list[Message]]:
    """The messages that only they have, by the place in ours of the one that they follow (-1: in front)."""
    result = dict[int, list[Message]]()
    before = -1
    for entry in work.theirs.entries:
        place = _place(work, entry.key)
        if place is not None:
            before = place
        elif entry.key not in work.base.index or edited(work.base.get(entry.key), entry.message):
            result.setdefault(before, []).append(replace(entry.message, line=0))
    return result


def _place(work: _Work, key: Key) -> int | None:
    """The place of the message of ours that one of theirs is part of, or None."""
    if key in work.ours.index:
        return work.ours.index[key]
    heir = work.our_heirs.get(key)
    if heir is not None and heir not in work.theirs.index:
        return work.ours.index[heir]
    return work.ours.index.get(work.their_origins[key]) if key in work.their_origins else None


def _with_header(base: Catalogue, ours: Catalogue, theirs: Catalogue) -> Catalogue:
    """Our catalogue with what they changed in the header."""
    before, mine, other = (_header(each) for each in (base, ours, theirs))
    if other is None:
        return ours
    if mine is None:
        first: Entry = written(ours.style.entry(other.message), False, other.message)
        return _replaced(ours, first, (first, *ours.blocks))
    old = before.message if before else Message("")
    text = _fields(old.msgstr, mine.message.msgstr, other.message.msgstr)
    changed = replace(
        mine.message,
        msgstr=text,
        comments=joined(old.comments, mine.message.comments, other.message.comments),
        flags=joined(old.flags, mine.message.flags, other.message.flags),
    )
    first = rewrite(mine, changed, ours.style)
    return _replaced(ours, first, tuple(first if block is mine else block for block in ours.blocks))


def _header(catalogue: Catalogue) -> Entry | None:
    return next((block for block in catalogue.blocks if isinstance(block, Entry) and block.header), None)


def _replaced(catalogue: Catalogue, header: Entry, blocks: tuple[Block, ...]) -> Catalogue:
    """The catalogue with these blocks, or as it is when its charset cannot hold the header."""
    if header in catalogue.blocks:
        return catalogue
    try:
        header.raw.encode(catalogue.encoding)
    except UnicodeEncodeError:
        return catalogue
    return replace(catalogue, blocks=blocks, original=None, given_style=catalogue.style)


def _fields(base: str, ours: str, theirs: str) -> str:
    """A header's lines: what only one side changed as that side has it, else as in the newer file; the later dates."""
    tables = [{_name(line): line for line in text.split("\n")} for text in (base, ours, theirs)]
    before, mine, other = tables
    newer = _later(mine.get(_REVISED, ""), other.get(_REVISED, ""))
    names = joined(tuple(before), tuple(mine), tuple(other))
    return "\n".join(_field(name, before, mine, other, newer) for name in names)


def _field(name: str, before: dict[str, str], mine: dict[str, str], other: dict[str, str], newer: bool) -> str:
    if name not in mine or name not in other:
        return mine.get(name, other.get(name, ""))
    if name in (_REVISED, _CREATED):
        return other[name] if _later(mine[name], other[name]) else mine[name]
    if name in _OURS_ALWAYS or other[name] == before.get(name):
        return mine[name]
    return other[name] if newer or mine[name] == before.get(name) else mine[name]


def _name(line: str) -> str:
    """What identifies a header's line: the field's name, or the line itself."""
    name, colon, _ = line.partition(":")
    return name.strip() if colon else line


def _later(ours: str, theirs: str) -> bool:
    """Whether their date is later than ours; a date that is none is earlier than any."""
    mine, other = (_date(line) for line in (ours, theirs))
    return other is not None and (mine is None or other > mine)


def _date(line: str) -> datetime | None:
    try:
        return datetime.strptime(line.partition(":")[2].strip(), "%Y-%m-%d %H:%M%z")
    except ValueError:
        return None
