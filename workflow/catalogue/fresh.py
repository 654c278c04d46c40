"""Catalogues of an article that has none yet, written in one go.

The result is to the letter what `update_template` and `merge` give for an empty catalogue; those
are for files that people have worked on, and cost several times as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from unicode_segmentation_rs import gettext_wrap

from workflow.catalogue.po import new_catalogue
from workflow.catalogue.style import GNU_WIDTH, Style
from workflow.message import Message

_SHORT = re.compile(r"[ !#-\[\]-~]{1,68}").fullmatch
"""ASCII text that needs no escapes and stands on the line of its keyword."""
_REFERENCE = re.compile(r"[!-~]+:\d+").fullmatch
_PLAIN = re.compile(r"[^\\\"\x00-\x1f\x7f-\xa0\ud800-\udfff]+").fullmatch
"""Text that needs no escapes."""
_COMMENT = re.compile(r"[!-~](?:[ -~]*[!-~])?").fullmatch
_STYLE = Style()


def header(project_name: str, locale: str | None) -> str:
    """The text of a catalogue without messages; made once, it serves many."""
    return new_catalogue(project_name, locale).to_bytes().decode()


def is_simple(template: Iterable[Message]) -> bool:
    """Whether `new_files` can write a template: it has no plurals and no flags."""
    return all(message.msgid_plural is None and not message.flags for message in template)


def new_files(
    template: Sequence[Message], pot_header: str, po_headers: Mapping[str, str]
) -> tuple[bytes, dict[str, bytes]]:
    """The `.pot` of a simple template, and by locale the `.po` in which nothing is translated yet.

    `po_headers` has each locale's `header`.
    """
    pot, po = [pot_header], list[str]()
    for message in template:
        before = "\n"
        for line in message.extracted:
            before += f"#. {line}\n" if _COMMENT(line) else _STYLE.comment("#.", line)
        text = message.msgid
        body = f'msgid "{text}"\nmsgstr ""\n' if _SHORT(text) else _statement(text) + 'msgstr ""\n'
        if message.msgctxt is not None:
            body = _STYLE.statement("msgctxt", message.msgctxt) + body
        references = message.references
        if len(references) == 1 and _REFERENCE(references[0]):
            pot.append(f"{before}#: {references[0]}\n{body}")
            po.append(f"{before}#: {references[0].rpartition(':')[0]}\n{body}")
        else:
            files = dict.fromkeys([_file(each) for each in references])
            pot.append(before + _STYLE.references(references) + body)
            po.append(before + _STYLE.references(files) + body)
    entries = "".join(po)
    return "".join(pot).encode(), {locale: (text + entries).encode() for locale, text in po_headers.items()}


def _statement(text: str) -> str:
    """The lines of a msgid."""
    if len(text) < 90 or not _PLAIN(text):
        return _STYLE.statement("msgid", text)
    return 'msgid ""\n"' + '"\n"'.join(gettext_wrap(text, GNU_WIDTH)) + '"\n'


def _file(reference: str) -> str:
    name, _, line = reference.rpartition(":")
    return name if line.isdigit() else reference
