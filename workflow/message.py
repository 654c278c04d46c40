"""A gettext message and the states it can be in: the value that travels along the line.

Source: the GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2s

Key = tuple[str | None, str]
"""What identifies a message in its catalogue: (msgctxt, msgid)."""

MARK = "ordbro:"
"""How a translator comment begins that Ordbro wrote about a message's origin."""

_CONFIDENCE = re.compile(r"\bconfidence=(\d(?:\.\d+)?)")
_DIGEST = re.compile(r"\btext=([0-9a-f]+)")


class State(StrEnum):
    """How far a message has come; told from standard gettext alone."""

    UNTRANSLATED = "untranslated"
    MACHINE = "machine"
    STALE = "stale"
    FUZZY = "fuzzy"
    REVIEWED = "reviewed"


def text_digest(texts: tuple[str, ...]) -> str:
    """A short fingerprint of a translation, the same whatever tool wrote the file."""
    return blake2s("\0".join(texts).encode("utf-8", "replace"), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalogue; texts are unescaped, comments without their `#` marks."""

    msgid: str
    """The source text."""
    msgstr: str = ""
    """Its translation, empty when there is none; for a plural message see `plural`."""
    msgctxt: str | None = None
    """The context that keeps equal texts apart (`slug`), or None."""
    msgid_plural: str | None = None
    """The plural of the source text, or None."""
    plural: tuple[str, ...] = ()
    """msgstr[0], msgstr[1], … of a message with `msgid_plural`."""
    previous: str | None = None
    """`#| msgid`: the source text that `msgstr` was made for."""
    previous_ctxt: str | None = None
    """`#| msgctxt`, or None."""
    previous_plural: str | None = None
    """`#| msgid_plural`, or None."""
    comments: tuple[str, ...] = ()
    """Translator comments (`# `), a line each."""
    extracted: tuple[str, ...] = ()
    """Extracted comments (`#. `), a line each: what the text is, hints to the translator."""
    references: tuple[str, ...] = ()
    """Where the text stands (`#: `): `source/news/x.md` or `source/news/x.md:12`."""
    flags: tuple[str, ...] = ()
    """Flags (`#, `) in the file's order."""
    obsolete: bool = False
    """True for a message whose source is gone (`#~`)."""
    line: int = 0
    """The line of its `msgid` in the file it was read from, from 1; 0 for a new one."""

    @property
    def key(self) -> Key:
        """What identifies the message in its catalogue."""
        return self.msgctxt, self.msgid

    @property
    def fuzzy(self) -> bool:
        """Whether the translation waits for a person's approval."""
        return "fuzzy" in self.flags

    @property
    def texts(self) -> tuple[str, ...]:
        """The translations: one, or all plural forms."""
        return self.plural if self.msgid_plural is not None else (self.msgstr,)

    @property
    def translated(self) -> bool:
        """Whether every form has a text."""
        texts = self.texts
        return bool(texts) and all(texts)

    @property
    def origin(self) -> str | None:
        """What Ordbro's own comment says: `machine argos …`, `memory …`, `adopted …`; or None."""
        for comment in self.comments:
            if comment.strip().startswith(MARK):
                return comment.strip().removeprefix(MARK).strip()
        return None

    @property
    def confidence(self) -> float | None:
        """How sure the machine was of its draft, 0 to 1; None for other texts."""
        found = _CONFIDENCE.search(self.origin or "")
        return float(found[1]) if found else None

    @property
    def state(self) -> State:
        """How far the message has come."""
        if not self.translated:
            return State.UNTRANSLATED
        if not self.fuzzy:
            return State.REVIEWED
        if self.previous is not None or self.previous_ctxt is not None:
            return State.STALE
        return State.MACHINE if self._as_drafted else State.FUZZY

    @property
    def _as_drafted(self) -> bool:
        """Whether a machine wrote the text and nobody has changed it since."""
        origin = self.origin or ""
        digest = _DIGEST.search(origin)
        return origin.startswith(("machine", "memory")) and (digest is None or digest[1] == text_digest(self.texts))

    def drafted(self, texts: tuple[str, ...], origin: str) -> Message:
        """The message with a machine's draft (a text, or all plural forms) and where it came from (`machine argos …`).

        A digest of the draft goes with the origin: once a person changes a word, the text counts as theirs.
        """
        mark = f"{MARK} {origin} text={text_digest(texts)}"
        comments = (*(c for c in self.comments if not c.strip().startswith(MARK)), mark)
        flags = self.flags if self.fuzzy else ("fuzzy", *self.flags)
        text = {"plural": texts} if self.msgid_plural is not None else {"msgstr": texts[0]}
        return replace(
            self, comments=comments, flags=flags, previous=None, previous_ctxt=None, previous_plural=None, **text
        )

    @property
    def outgrown(self) -> bool:
        """Whether a machine's text was approved or changed by a person since, so that its origin says nothing now."""
        made = (self.origin or "").startswith(("machine", "memory"))
        return made and self.state in (State.REVIEWED, State.FUZZY)

    def owned(self) -> Message:
        """The message without a word of its origin."""
        return replace(self, comments=tuple(c for c in self.comments if not c.strip().startswith(MARK)))

    def approved(self) -> Message:
        """The message as a person's: no fuzzy flag, no previous source, no word of a machine."""
        return replace(
            self.owned(),
            flags=tuple(f for f in self.flags if f != "fuzzy"),
            previous=None,
            previous_ctxt=None,
            previous_plural=None,
        )
