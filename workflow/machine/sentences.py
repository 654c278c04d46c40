"""Cuts English text into sentences, by rule and offline.

A sentence ends at `.`, `!`, `?` or `…` and the quotes and brackets that close after it, when space
and something that can begin a sentence follow. What speaks against it: abbreviations, initials,
list numbers, and reported speech that goes on (“Really?” she asked). A line end always ends one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 700
"""Most characters of a sentence; models forget what stands at the end of a longer one."""

_END = re.compile(r"(?P<mark>[.!?…]+)(?P<closers>[\"'”’»)\]*_~]*)(?P<space>[^\S\n]+)(?=\S)|(?P<line>[^\S\n]*\n\s*)")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'«–—/]+$")
_OPENERS = "\"'“”‘«([¿¡*_~–—-"
_ATOMS = re.compile(r"[⟦\U000F0000-\U000FFFFD]")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.-?)+[A-Za-z]")
_LIST_NUMBER = re.compile(r"\s*(?:\(?\d{1,3}|\(?[a-zA-Z]|[ivx]{1,5})")
_SPEECH = re.compile(
    r"(?:[A-ZÅÄÖÉ][\w’'-]*\s+|[⟦\U000F0000-\U000FFFFD]\S*\s+|(?:he|she|they|it|we|I)\s+){1,4}?"
    r"(?:said|says|asked|asks|added|adds|continued|continues|explained|explains|replied|wrote|writes|told|concluded)\b"
)

NEVER = frozenset(
    "dr mr mrs ms messrs prof assoc asst st mt sgt capt col cmdr gen lt maj rev hon pres gov sen rep e.g i.e cf vs "
    "viz approx ca incl excl esp resp dept univ ed eds mme mlle fr dipl ing".split()
)
"""Abbreviations that something always follows."""
NUMBERED = frozenset(
    "no nos nr fig figs p pp vol vols ch chap art sec sect par para tab eq tel ext fax ref jan feb mar apr jun jul aug "
    "sep sept oct nov dec mon tue tues wed thu thurs fri sat sun est max min c app rm bldg".split()
)
"""Abbreviations when a number follows."""
OPEN = frozenset(
    "inc ltd co corp llc plc jr sr esq ph.d m.d m.sc b.sc m.a b.a d.d.s r.n bros mfg ave blvd rd al".split()
)
"""Abbreviations that can end a sentence: they do when a word follows that hardly stands in a name."""
CLOSED = frozenset("etc a.m p.m b.c a.d".split())
"""Abbreviations that end a sentence when a capital follows, but for days, months and time zones."""

STARTERS = frozenset(
    "the a an this that these those it its he his she her they their we our you your i my there here in on at by "
    "for from with without after before during since until while when where who what why how if as although "
    "though because however but and or so yet then thus therefore moreover furthermore instead meanwhile also "
    "both each every all many most some several few no not only once according one two three please do does did "
    "is are was were has have can could will would should may must to of under over between among about today now "
    "later yesterday tomorrow nevertheless still more another other such read see call contact visit".split()
)
"""Words that, capitalised after an abbreviation, begin a sentence."""
_TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december cet cest gmt utc est edt et pt pst swedish local central eastern".split()
)
_LETTER_NOUNS = frozenset(
    "vitamin hepatitis plan type group class grade option appendix annex part section level".split()
)


def split(text: str) -> list[str]:
    """The sentences of a text, each with the space that follows it; joined they are the text.

    None is longer than LONGEST characters: a longer one is cut where that does least harm.
    """
    pieces, start = list[str](), 0
    for found in _END.finditer(text):
        if found["line"] is not None or _ends(text, start, found):
            pieces.append(text[start : found.end()])
            start = found.end()
    if start < len(text):
        pieces.append(text[start:])
    return [part for piece in pieces for part in _shortened(piece)]


def _shortened(piece: str) -> Iterator[str]:
    """A sentence cut at semicolons, commas or blanks, if it is longer than an engine can take."""
    while len(piece) > LONGEST:
        found = max(
            (piece.rfind(sign, LONGEST // 3, LONGEST) + len(sign), -n) for n, sign in enumerate(("; ", ": ", ", "))
        )
        cut = found[0] if found[0] > LONGEST // 3 else piece.rfind(" ", 1, LONGEST) + 1
        cut = cut or LONGEST
        yield piece[:cut]
        piece = piece[cut:]
    if piece:
        yield piece


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a sentence that began at `start` ends at a mark that was found."""
    rest = text[found.end() : found.end() + 80]
    if not _can_begin(rest):
        return False
    if found["mark"][-1] in "?!" and found["closers"][:1] in set("\"'”’»") and _SPEECH.match(rest):
        return False
    if found["mark"] != ".":
        return found["mark"][-1] not in ".…" or rest.lstrip(_OPENERS)[:2] not in ("I ", "I’", "I'")
    before = text[start : found.start("mark")]
    if _LIST_NUMBER.fullmatch(before) and not found["closers"]:
        return False
    word = _LAST_WORD.search(before)
    return word is None or bool(found["closers"].strip(")]*_~")) or _word_ends(word[0], before[: word.start()], rest)


def _word_ends(word: str, before: str, rest: str) -> bool:
    """Whether a full stop after this word ends its sentence, and is not just an abbreviation's."""
    bare = word.strip("*_~").lower()
    following = re.match(r"[\w'’.-]*", rest.lstrip(_OPENERS))
    next_word = following[0].lower().rstrip(".") if following else ""
    starts = next_word.split("'")[0].split("’")[0] in STARTERS
    if bare in NEVER:
        return False
    if bare in NUMBERED and rest[:1].isdigit():
        return False
    if bare in CLOSED:
        return next_word not in _TIME_WORDS
    if bare in OPEN or _ACRONYM.fullmatch(bare):
        return starts
    if len(bare) == 1 and word.strip("*_~").isupper():
        previous = before.split()[-1].lower() if before.split() else ""
        return starts or previous in _LETTER_NOUNS or bool(re.search(r"\b[A-Z],? (?:and|or) $", before))
    return True


def _can_begin(rest: str) -> bool:
    """Whether a sentence can begin so."""
    core = re.sub(r"^[–—-] ", "", rest).lstrip(_OPENERS)
    if not core:
        return False
    first = core[0]
    return (
        first.isupper()
        or first.isdigit()
        or bool(_ATOMS.match(core))
        or bool(_CAMEL.match(core))
        or (not first.isalnum() and rest[0] not in _OPENERS and first in "#@§€$£&")
    )
