"""The strings of the page templates: the catalogue `ui`.

Babel finds them, with Jinja2's own extractor, as it does in every Jinja2 project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from jinja2 import TemplateSyntaxError

from workflow.config import Project
from workflow.errors import TemplateError
from workflow.message import Key, Message

NAME = "ui"
"""The catalogue's name, which no article may have."""

EXTENSIONS = ("jinja2.ext.i18n",)
"""What templates may use beyond plain Jinja2."""

EXTRACTOR = "jinja2.ext:babel_extract"
"""Jinja2's extractor, as Babel names it."""

_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
_FILLED = re.compile(r"%%|%\(\w+\)[a-z]")
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
_OPTIONS = {"extensions": ",".join(EXTENSIONS), "trimmed": "true", "newstyle_gettext": "true", "silent": "false"}


def template_files(project: Project) -> list[Path]:
    """The templates in order of their paths."""
    return sorted(path for path in project.templates.rglob("*.html") if path.is_file())


def interface_messages(project: Project) -> tuple[Message, ...]:
    """The messages of all templates, equal ones joined; raises TemplateError for one that is no Jinja2."""
    found: dict[Key, Message] = {}
    for path in template_files(project):
        for message in _messages(path, project.shown(path)):
            known = found.get(message.key)
            found[message.key] = _joined(known, message) if known else message
    return tuple(found.values())


def placeholder_names(*texts: str) -> set[str]:
    """The names of the placeholders in texts: `%(count)s` → `count`."""
    return {name for text in texts for name in _PLACEHOLDER.findall(text)}


def usable_words(message: Message) -> bool:
    """Whether the translations of an interface string can be filled in: their placeholders are the source's."""
    names = dict.fromkeys(placeholder_names(message.msgid, message.msgid_plural or ""), 0)
    if any("%" in _FILLED.sub("", text) for text in message.texts):
        return False  # "100 % sure" would be taken for a placeholder "% s"
    try:
        return all(text % names for text in message.texts)
    except (ValueError, TypeError, KeyError):
        return False


def _messages(path: Path, shown: str) -> Iterator[Message]:
    try:
        source = BytesIO(path.read_bytes())
        strings = list(extract(EXTRACTOR, source, _KEYWORDS, ("translators:",), _OPTIONS, strip_comment_tags=True))
    except TemplateSyntaxError as error:
        raise TemplateError(
            f"is no valid Jinja2: {error.message}", path=shown, line=error.lineno, advice="mend the template"
        ) from error
    for line, text, comments, context in strings:
        forms = (text,) if isinstance(text, str) else tuple(text)
        flags = ("python-format",) if any("%(" in form for form in forms) else ()
        yield Message(
            msgid=forms[0],
            msgid_plural=forms[1] if len(forms) > 1 else None,
            msgctxt=context,
            flags=flags,
            extracted=tuple(comments),
            references=(f"{shown}:{line}",),
        )


def _joined(first: Message, other: Message) -> Message:
    extracted = dict.fromkeys((*first.extracted, *other.extracted))
    references = dict.fromkeys((*first.references, *other.references))
    return Message(
        first.msgid,
        msgid_plural=first.msgid_plural or other.msgid_plural,
        msgctxt=first.msgctxt,
        flags=first.flags,
        extracted=tuple(extracted),
        references=tuple(references),
    )
