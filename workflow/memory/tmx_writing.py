"""Writing TMX 1.4b, valid by its DTD; the same units give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workflow import __version__
from workflow.memory.unit import Unit

_BATCH = 1000
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_IN_TEXT = str.maketrans({char: _ESCAPES[char] for char in "&<>\r"})
_IN_ATTRIBUTE = str.maketrans(_ESCAPES | {"\n": "&#10;", "\t": "&#9;"})

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="ordbro" creationtoolversion="{version}" segtype="paragraph" o-tmf="PO" adminlang="en" \
srclang="{source}" datatype="plaintext"/>
<body>
"""
_TAIL = "</body>\n</tmx>\n"


def write_tmx(units: Iterable[Unit], source: str, target: str) -> Iterator[bytes]:
    """The bytes of a file with these units, in parts; languages are tags (`sv`, `pt-BR`).

    Characters that XML cannot hold are left out.
    """
    parts = [_HEAD.format(version=_attribute(__version__), source=_attribute(source))]
    for unit in units:
        parts.append(_unit(unit, source, target))
        if len(parts) >= _BATCH:
            yield "".join(parts).encode("utf-8")
            parts = []
    yield "".join([*parts, _TAIL]).encode("utf-8")


def _unit(unit: Unit, source: str, target: str) -> str:
    details = unit.details
    attributes = "".join(f' {name}="{_attribute(value)}"' for name, value in details.attributes)
    notes = "".join(f"<note>{_text(note)}</note>\n" for note in details.notes)
    props = "".join(f'<prop type="{_attribute(kind)}">{_text(value)}</prop>\n' for kind, value in details.props)
    texts = "".join(
        f'<tuv xml:lang="{_attribute(tag)}"><seg>{_text(text)}</seg></tuv>\n'
        for tag, text in ((source, unit.source), (target, unit.target))
    )
    return f"<tu{attributes}>\n{notes}{props}{texts}</tu>\n"


def _text(text: str) -> str:
    return _NOT_XML.sub("", text).translate(_IN_TEXT)


def _attribute(text: str) -> str:
    return _NOT_XML.sub("", text).translate(_IN_ATTRIBUTE)
