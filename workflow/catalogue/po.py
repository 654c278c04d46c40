"""Reading and writing catalogues (`.po`, `.pot`) byte for byte.

An unchanged entry keeps the bytes it was read from; a changed one keeps the lines that say the same; a new one is
written in the file's own style. Entries are read by gettext's grammar (`grammar`), and what they say only when
someone asks. The file keeps its charset, unless a text is added that the charset does not have: then the whole file
becomes UTF-8 and its header says so, for a translation must not be lost to an encoding.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from workflow import languages
from workflow.catalogue import charset
from workflow.catalogue.block import Block, Entry, written
from workflow.catalogue.edit import rewrite
from workflow.catalogue.grammar import DOMAIN, FORM, LIVE, OBSOLETE, TAIL
from workflow.catalogue.style import Style, detect
from workflow.catalogue.syntax import explain
from workflow.errors import CatalogueError
from workflow.message import Key, Message

Item = int | Message | tuple[int, Message]
"""What stands at a place of `Catalogue.arrange`: a message as it is, a new one, or a changed one."""


@dataclass(frozen=True)
class Catalogue:
    """The messages of one file, with the file's bytes; changes give a new catalogue."""

    blocks: tuple[Block, ...]
    """The file, cut into entries and what stands between them."""
    shown: str = ""
    """How messages name the file."""
    encoding: str = "utf-8"
    """Python's name of the file's charset."""
    bom: bool = False
    """Whether the file begins with a byte order mark."""
    original: bytes | None = None
    """The bytes it was read from; None when something was changed."""
    given_style: Style | None = None
    """The style of the file that this catalogue was made from; None to tell it from the entries."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The messages' entries: `blocks` without the header and what stands between entries."""
        return tuple(block for block in self.blocks if isinstance(block, Entry) and not block.header)

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """All messages but the header in the file's order, obsolete ones included.

        `line` is that of the file that was read, also after changes; 0 for new messages.
        """
        return tuple(entry.message for entry in self.entries)

    @property
    def live(self) -> Iterator[Message]:
        """The messages that are not obsolete."""
        return (message for message in self.messages if not message.obsolete)

    @property
    def obsolete(self) -> Iterator[Message]:
        """The obsolete messages."""
        return (message for message in self.messages if message.obsolete)

    @cached_property
    def header(self) -> dict[str, str]:
        """The header's fields by name; empty when the file has none."""
        for block in self.blocks:
            if isinstance(block, Entry) and block.header and not block.obsolete:
                lines = (line.partition(":") for line in block.message.msgstr.split("\n"))
                return {name.strip(): value.strip() for name, colon, value in lines if colon}
        return {}

    @cached_property
    def index(self) -> dict[Key, int]:
        """The place in `messages` of each key, found without reading the messages."""
        return {entry.key: number for number, entry in enumerate(self.entries)}

    def get(self, key: Key) -> Message | None:
        """The message of a key, live or obsolete, or None; the other messages are not read."""
        number = self.index.get(key)
        return None if number is None else self.entries[number].message

    @cached_property
    def style(self) -> Style:
        """The style that new entries are written in."""
        return self.given_style or detect("".join(block.raw for block in self.entries or self.blocks))

    def replace(self, changes: Mapping[int, Message]) -> Catalogue:
        """The catalogue with other messages at some places of `messages`."""
        rewritten = {
            id(self.entries[number]): rewrite(self.entries[number], message, self.style)
            for number, message in changes.items()
        }
        return self._with([rewritten.get(id(block), block) for block in self.blocks])

    def insert(self, after: int | None, message: Message) -> Catalogue:
        """The catalogue with a new message after that at a place of `messages`, or in front of all (None)."""
        at = 0 if after is None else after + 1
        return self.arrange([*range(at), message, *range(at, len(self.entries))])

    def arrange(self, items: Sequence[Item]) -> Catalogue:
        """The catalogue with these messages in this order; numbers are places in `messages`.

        Text that is no message stays after the message before it, or at the end when that is left out; comments at
        the file's end stay there.
        """
        between = self._between()
        blocks = between.pop(-1)
        last = between.get(len(self.entries) - 1) or []
        tail = [last.pop()] if last and not isinstance(last[-1], Entry) else []
        for item in items:
            blocks.append(self._item(item))
            if not isinstance(item, Message):
                blocks += between.pop(item if isinstance(item, int) else item[0], [])
        return self._with([*blocks, *(block for left in between.values() for block in left), *tail])

    def to_bytes(self) -> bytes:
        """The file; the very bytes that were read when nothing was changed."""
        if self.original is not None:
            return self.original
        text = "".join(block.raw for block in self.blocks)
        return ("\ufeff" if self.bom else "").encode("utf-8") + text.encode(self.encoding)

    def _between(self) -> dict[int, list[Block]]:
        """The blocks that are no messages, by the place of the message before them (-1: the file's beginning)."""
        result: dict[int, list[Block]] = {-1: []}
        number = -1
        for block in self.blocks:
            if isinstance(block, Entry) and not block.header:
                number += 1
                result[number] = []
            else:
                result[number].append(block)
        return result

    def _item(self, item: Item) -> Entry:
        if isinstance(item, Message):
            raw = self.style.newline + self.style.entry(item)
            return written(raw, item.obsolete, replace(item, line=0))
        if isinstance(item, int):
            return self.entries[item]
        entry = self.entries[item[0]]
        return entry if item[1] is entry.message else rewrite(entry, item[1], self.style)

    def _with(self, blocks: Sequence[Block]) -> Catalogue:
        if len(blocks) == len(self.blocks) and all(map(operator.is_, blocks, self.blocks)):
            return self
        joined = tuple(_joined(blocks, self.blocks, self.style.newline))
        changed = replace(self, blocks=joined, original=None, given_style=self.style)
        try:
            for new in set(joined).difference(self.blocks):
                new.raw.encode(self.encoding)
        except UnicodeEncodeError:
            return replace(changed, blocks=tuple(map(_in_utf8, joined)), encoding="utf-8")
        return changed


def _joined(blocks: Sequence[Block], old: Sequence[Block], newline: str) -> Iterator[Block]:
    """The blocks, those that are new or have new neighbours set off by a new line or a blank one."""
    neighbours = set(pairwise(old))
    before: Block | None = None
    for block in blocks:
        raw = block.raw
        if before is None:
            raw = raw.lstrip("\r\n") if block.first == 0 else raw
        elif (before, block) not in neighbours and before.raw:
            # Only a new entry and the file's first one may lack their blank line.
            apart = block.first > 1 or raw[:1] in "\r\n"
            raw = ("" if before.raw.endswith("\n") else newline) + ("" if apart else newline) + raw
        before = block
        if raw == block.raw:
            yield block
        elif isinstance(block, Entry):
            yield written(raw, block.obsolete, block.parsed, block.first)
        else:
            yield Block(raw, block.first)


def _in_utf8(block: Block) -> Block:
    if not isinstance(block, Entry) or not block.header:
        return block
    return written(re.sub(r"(charset=)[^\s\\\"]+", r"\1UTF-8", block.raw), block.obsolete, first=block.first)


def parse(data: bytes, shown: str) -> Catalogue:
    """The catalogue of a file's bytes; `shown` is how errors name the file.

    Raises CatalogueError with the line of a syntax error, a conflict of git, a message defined twice, or a byte that
    the charset does not have.
    """
    text, encoding = charset.decode(data, shown)
    bom = text.startswith("\ufeff")
    text = text[bom:]
    blocks: list[Block] = []
    seen: dict[Key, Entry] = {}
    position, line = 0, 1
    while position < len(text):
        found = LIVE.match(text, position) or OBSOLETE.match(text, position)
        if found:
            block: Block = _checked(Entry(found[0], line, found), seen, shown)
        else:
            block = _other(text, position, line, shown)
            seen = {}
        blocks.append(block)
        position += len(block.raw)
        line += block.raw.count("\n")
    return Catalogue(tuple(blocks), shown, encoding, bom, data)


def _other(text: str, position: int, line: int, shown: str) -> Block:
    found = TAIL.match(text, position) or DOMAIN.match(text, position)
    if not found:
        raise explain(text, position, shown)
    return Block(found[0], line)


def _checked(entry: Entry, seen: dict[Key, Entry], shown: str) -> Entry:
    """Note the entry's key; raises CatalogueError when it was there before, or its plural forms are in disorder."""
    first = seen.setdefault(entry.key, entry)
    if first is not entry:
        raise CatalogueError(
            f"defines a message twice: {entry.key[1][:60]!r} (first in line {first.line})",
            path=shown,
            line=entry.line,
            advice="keep one of the two, with the better translation",
        )
    if entry.found["plural"] is not None:
        numbers = [int(form["index"]) for form in FORM.finditer(entry.found["forms"])]
        if numbers != list(range(len(numbers))):
            raise CatalogueError(
                f"has plural forms {numbers}, which should count from 0",
                path=shown,
                line=entry.line,
                advice="mend the numbers in msgstr[…]",
            )
    return entry


def read(path: Path, shown: str) -> Catalogue:
    """The catalogue in a file; raises CatalogueError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CatalogueError(
            f"cannot be read: {error.strerror}",
            path=shown,
            advice="check that the file exists and that you may read it",
        ) from error
    return parse(data, shown)


def new_catalogue(project_name: str, locale: str | None) -> Catalogue:
    """A catalogue without messages for a locale (POSIX name), or a template (None); not yet written anywhere."""
    fields = {"Project-Id-Version": project_name}
    if locale is not None:
        fields |= {"Language": locale, "Plural-Forms": languages.plural_forms(locale)}
    fields |= {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": "ordbro",
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    header = Message("", text)
    return Catalogue((written(Style().entry(header), False, header),), given_style=Style())
