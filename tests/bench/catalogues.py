"""Reading a catalogue of 50,000 messages and writing it with one message changed, against polib doing the same."""

from __future__ import annotations

import polib
from corpus import sentences
from measure import Row, spent

from workflow.catalogue.po import parse

MESSAGES = 50_000


def rows() -> list[Row]:
    """Time against polib, and how many lines a change touches."""
    text = _catalogue()
    data = text.encode()
    theirs = spent(lambda: str(polib.pofile(text)))
    ours = spent(lambda: parse(data, "x.po").to_bytes())
    changed = spent(lambda: _approve(data))
    before, after = data.splitlines(), _approve(data).splitlines()
    return [
        Row(
            f"catalogues: {MESSAGES:,} messages read and written unchanged, against polib",
            ours.cpu / theirs.cpu,
            aim="≤ 1",
        ),
        Row(
            "catalogues: one of them approved, against polib's reading and writing", changed.cpu / theirs.cpu, aim="≤ 1"
        ),
        Row("catalogues: seconds of CPU for that", changed.cpu, "s", aim="≤ 2"),
        Row(
            "catalogues: lines that differ after approving one message",
            len(set(before) ^ set(after)),
            "lines",
            aim="≤ 2",
        ),
    ]


def _approve(data: bytes) -> bytes:
    catalogue = parse(data, "x.po")
    place = MESSAGES // 2
    return catalogue.replace({place: catalogue.messages[place].approved()}).to_bytes()


def _catalogue() -> str:
    known = [each.replace("\\", "\\\\").replace('"', '\\"') for each in sentences()]
    entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
    for number in range(MESSAGES):
        flag = "#, fuzzy\n" if number == MESSAGES // 2 else ""
        text = known[number % len(known)]
        entries.append(
            f'#. paragraph\n#: source/a{number % 500}.md\n{flag}msgid "{number} {text}"\nmsgstr "{number} {text}"\n'
        )
    return "\n".join(entries)
