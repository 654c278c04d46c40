"""What becomes of a message when its English changes: new values, nothing of a person's words lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from workflow.catalogue.matching import made_for, worded
from workflow.message import MARK, Message, State, text_digest

WAS_REVIEWED = "was reviewed"
"""The word in an `ordbro:` comment of a stale message that was reviewed, before a digest of its translation.

Only with it can the message become reviewed again when its English comes back: a person's doubt, and a translation
that somebody has begun to change, look just the same to gettext.
"""
_LINE = re.compile(r":\d+$")


def described(old: Message, text: Message) -> Message:
    """`old` with what the template says of the text: comments, places and flags."""
    references = dict.fromkeys(_LINE.sub("", reference) for reference in text.references)
    flags = joined_flags(old, text)
    # Babel breaks comments into lines of its own; that is no change.
    extracted = old.extracted if _words(old.extracted) == _words(text.extracted) else text.extracted
    if (extracted, tuple(references), flags) == (old.extracted, old.references, old.flags) and not old.obsolete:
        return old
    return replace(old, extracted=extracted, references=tuple(references), flags=flags, obsolete=False)


def _words(lines: Iterable[str]) -> list[str]:
    return " ".join(lines).split()


def joined_flags(old: Message, text: Message) -> tuple[str, ...]:
    """The flags of `old`, whoever set them, and those that the template's text has besides."""
    return (*old.flags, *(flag for flag in text.flags if flag not in old.flags and flag != "fuzzy"))


def fresh(text: Message, forms: int) -> Message:
    """A text of the template without a translation, with the locale's number of plural forms."""
    empty = ("",) * forms if text.msgid_plural is not None else ()
    return described(Message(text.msgid, msgctxt=text.msgctxt, msgid_plural=text.msgid_plural, plural=empty), text)


def stale(old: Message, text: Message) -> Message:
    """The translation of `old` for an edited text, with the English that it was made for."""
    comments = old.comments
    if old.state is State.REVIEWED:
        mark = f"{MARK} {_was_reviewed(old)}"
        comments = (*(comment for comment in comments if not comment.strip().startswith(MARK)), mark)
    chained = old.fuzzy and old.previous is not None
    message = replace(
        old,
        msgid=text.msgid,
        msgctxt=text.msgctxt,
        msgid_plural=text.msgid_plural,
        comments=comments,
        previous=made_for(old),
        previous_ctxt=old.previous_ctxt if chained else old.msgctxt,
        previous_plural=old.previous_plural if chained else old.msgid_plural,
        flags=old.flags if old.fuzzy else ("fuzzy", *old.flags),
    )
    return described(message, text)


def returned(old: Message, text: Message) -> Message:
    """A stale message whose English is again what the translation was made for.

    It is reviewed when it was, and nobody has touched the translation since; else a person's doubt stays.
    """
    mark = f"{MARK} {WAS_REVIEWED}"
    sure = old.origin == _was_reviewed(old) and old.previous_plural == text.msgid_plural
    message = replace(
        old,
        msgid=text.msgid,
        msgctxt=text.msgctxt,
        msgid_plural=text.msgid_plural,
        previous=None,
        previous_ctxt=None,
        previous_plural=None,
        comments=tuple(comment for comment in old.comments if not comment.strip().startswith(mark)),
        flags=tuple(flag for flag in old.flags if flag != "fuzzy") if sure else old.flags,
    )
    return described(message, text)


def shaped(old: Message, text: Message, forms: int) -> Message:
    """`old` with the plural that the text now has; a translation made without it is stale."""
    if old.msgid_plural == text.msgid_plural:
        return old
    if not worded(old):
        return replace(fresh(text, forms), comments=tuple(c for c in old.comments if not c.strip().startswith(MARK)))
    kept = stale(old, text)
    if text.msgid_plural is None:
        return replace(kept, msgstr=old.plural[0], plural=(), comments=(*kept.comments, *filter(None, old.plural[1:])))
    return replace(kept, msgstr="", plural=old.plural or (old.msgstr,) * forms)


def _was_reviewed(message: Message) -> str:
    return f"{WAS_REVIEWED} text={text_digest(message.texts)}"
