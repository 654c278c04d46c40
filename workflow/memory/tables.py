"""The memory's tables, and putting units into them.

Each distinct text stands once in `texts` and in the full text index, and stays there when its units go: so that a
file that changed costs no more than its own units. `units` says which file translates a text, and how.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from itertools import islice
from typing import Any

from workflow.memory.normal import digest, features, letters, normal, stems
from workflow.memory.unit import NOTHING, RANKS, Details, Unit

VERSION = 1
"""Changes with the tables and with `normal`: a file of another version is made anew."""

LENGTHS = 256
"""A text's number ends (modulo this) with its length class, so that near texts are found without reading others."""

_BATCH = 2000
CHUNK = 500
"""Values that are asked for in one question."""
_TABLES = """
CREATE TABLE files(
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, stamp TEXT, digest TEXT, checked INTEGER, problem TEXT, line INTEGER,
    advice TEXT
);
CREATE TABLE texts(id INTEGER PRIMARY KEY, digest INTEGER, normal TEXT);
CREATE INDEX texts_digest ON texts(digest);
CREATE TABLE units(
    id INTEGER PRIMARY KEY, text INTEGER, file INTEGER, rank INTEGER, position INTEGER, source TEXT, target TEXT,
    details TEXT
);
CREATE INDEX units_text ON units(text);
CREATE INDEX units_file ON units(file);
CREATE TABLE counts(feature TEXT PRIMARY KEY, texts INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE features USING fts5(f, content='', detail=none, columnsize=0, tokenize='ascii');
"""


def create(database: sqlite3.Connection) -> None:
    """Make the tables in an empty database; raises sqlite3.Error."""
    for statement in filter(str.strip, _TABLES.split(";")):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {VERSION}")


def length_class(length: int) -> int:
    """The class of texts with so many characters: a step for every four of them."""
    return min(length >> 2, LENGTHS - 1)


def put(database: sqlite3.Connection, file: int, units: Iterable[Unit]) -> None:
    """Add the units of a file, in parts; raises what `units` raises, and sqlite3.Error."""
    rest, position, counts = iter(units), 0, Counter[str]()
    while batch := list(islice(rest, _BATCH)):
        texts = [normal(unit.source) for unit in batch]
        numbers = _text_numbers(database, texts, counts)
        database.executemany(
            "INSERT INTO units(text, file, rank, position, source, target, details) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    numbers[text],
                    file,
                    RANKS.index(unit.kind),
                    position + at,
                    None if unit.source == text else unit.source,
                    unit.target,
                    pack(unit.details),
                )
                for at, (unit, text) in enumerate(zip(batch, texts, strict=True))
            ),
        )
        position += len(batch)
    database.executemany(
        "INSERT INTO counts VALUES (?, ?) ON CONFLICT(feature) DO UPDATE SET texts = texts + excluded.texts",
        counts.items(),
    )


def _text_numbers(database: sqlite3.Connection, texts: list[str], counts: Counter[str]) -> dict[str, int]:
    """The number of each text; those that are new are added, and their features counted."""
    known = text_numbers(database.execute, texts)
    last = database.execute("SELECT max(id) FROM texts").fetchone()[0] or 0
    new = list[tuple[int, int, str]]()
    for text in dict.fromkeys(texts):
        if text not in known:
            last = (last // LENGTHS + 1) * LENGTHS
            known[text] = last + length_class(len(text))
            new.append((known[text], digest(text), text))
            counts.update({*stems(text), *letters(text)})
    database.executemany("INSERT INTO texts VALUES (?, ?, ?)", new)
    database.executemany(
        "INSERT INTO features(rowid, f) VALUES (?, ?)",
        ((number, " ".join(sorted(features(text)))) for number, _, text in new),
    )
    return known


def text_numbers(execute: Any, texts: Iterable[str]) -> dict[str, int]:
    """The numbers of those normal texts that are known; `execute` asks the database."""
    digests = {digest(text): text for text in texts}
    found = dict[str, int]()
    for chunk in chunks(digests):
        question = f"SELECT id, digest, normal FROM texts WHERE digest IN ({marks(chunk)})"  # noqa: S608
        for number, key, text in execute(question, chunk):
            if digests[key] == text:
                found[text] = number
    return found


def chunks(values: Iterable[int]) -> Iterator[list[int]]:
    """The values in parts that SQLite takes in one question."""
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def marks(values: Sequence[object]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))


def pack(details: Details) -> str | None:
    """Details as the database keeps them."""
    return None if details == NOTHING else json.dumps(astuple(details), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str | None) -> Details:
    """The inverse of `pack`."""
    if text is None:
        return NOTHING
    notes, props, attributes = json.loads(text)
    return Details(
        tuple(notes), tuple((kind, value) for kind, value in props), tuple((name, value) for name, value in attributes)
    )
