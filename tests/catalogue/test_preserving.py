"""Whoever wrote a catalogue: changing one message changes the lines of that message and no others."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace

import polib
import pytest
from babel.messages.pofile import read_po, write_po
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from translate.storage.pypo import pofile

from workflow.catalogue.po import Catalogue, new_catalogue, parse
from workflow.message import Message

HEADER = new_catalogue("Sjukhusnytt", "sv").to_bytes().decode()
WORDS = ["the", "quick", "brown-fox", "åäö", "https://example.org/a/b?c=d&e=f", "**bold**"]
WORDS += [
    "[länk](https://x.example/å)",
    "x" * 30,
    "y" * 95,
    '"quoted"',
    "back\\slash",
    "%(name)s",
    "{name}",
    "tab\t",
    "50 %",
    "'",
    "#",
]
WIDE = ["日本語のテキスト", "これは", "한국어", "שלום", "مرحبا", "👩‍👩‍👧", "“quoted”"]
WIDE += ["a\u00a0b", "co\u00adop", "—", "€", "e\u0301"]
GAPS = st.sampled_from([" "] * 8 + ["\n", "  ", " \n", "\n\n"])


def texts(words: list[str], minimum: int = 0) -> st.SearchStrategy[str]:
    """Texts of these words, some many lines long, some with line breaks in them or at their end."""
    pieces = st.lists(st.tuples(st.sampled_from(words), GAPS), min_size=minimum, max_size=16)
    return pieces.map(lambda found: "".join(word + gap for word, gap in found).rstrip(" "))


def entries(words: list[str]) -> st.SearchStrategy[Message]:
    """Messages of every kind."""
    text, some = texts(words), texts(words, 1)
    line = st.sampled_from(["a word", "ordbro: machine argos 1.9", "två ord, åäö", ", not a flag", "~", ": x"])
    plural = st.tuples(some, st.tuples(text, text)).map(lambda found: {"msgid_plural": found[0], "plural": found[1]})
    previous = st.fixed_dictionaries({"previous": some}, optional={"previous_ctxt": some})
    comments = st.fixed_dictionaries(
        {},
        optional={
            "msgctxt": st.sampled_from(["slug", "menu", "a " * 60]),
            "comments": st.lists(line, max_size=3).map(tuple),
            "extracted": st.lists(st.sampled_from(["heading 2", "paragraph", "list item"]), max_size=2).map(tuple),
            "references": st.lists(st.sampled_from(["source/a.md", "b.md:12", "c.md:1"]), max_size=9).map(tuple),
            "flags": st.sampled_from([("fuzzy",), ("no-wrap",), ("fuzzy", "no-wrap"), ("ignore-same", "max-length:9")]),
            "obsolete": st.booleans(),
        },
    )
    parts = st.tuples(some, comments, plural | text.map(lambda found: {"msgstr": found}), st.just({}) | previous)
    return parts.map(lambda found: Message(found[0], **found[1], **found[2], **found[3]))


def catalogues(words: list[str]) -> st.SearchStrategy[list[Message]]:
    """Messages for one file; obsolete ones stand anywhere."""
    return st.lists(entries(words), min_size=1, max_size=4, unique_by=lambda message: message.key)


def msgcat(*options: str) -> Callable[[bytes], bytes]:
    """A writer: msgcat with these options."""

    def write(data: bytes) -> bytes:
        command = ["msgcat", "--force-po", *options, "-"]
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout

    return write


def as_polib(data: bytes) -> bytes:
    """The file as polib writes it."""
    return str(polib.pofile(data.decode())).encode() + b"\n"


def as_polib_unwrapped(data: bytes) -> bytes:
    """The file as polib writes it without wrapping."""
    return str(polib.pofile(data.decode(), wrapwidth=0)).encode()


def as_babel(data: bytes) -> bytes:
    """The file as Babel writes it; of `#~|` lines, which it does not know, it would make a second header."""
    data = b"\n".join(line for line in data.split(b"\n") if not line.startswith(b"#~|"))
    out = io.BytesIO()
    write_po(out, read_po(io.BytesIO(data), locale="sv"), width=76)
    return out.getvalue()


def as_toolkit(data: bytes) -> bytes:
    """The file as translate-toolkit writes it."""
    return bytes(pofile(io.BytesIO(data)))


def as_odd_hand(data: bytes) -> bytes:
    """The file as a careless hand might leave it: other blank lines, indents, comments apart."""
    text = data.decode().replace("\n\n", "\n\n\n \n").replace("\nmsgstr ", "\n  msgstr   ").replace('\n"', '\n\t"')
    return (text.replace("\n# ", "\n\n#") + "\n\n# the end").encode()


LONG = [Message("A sentence that is rather longer than a line may be, so that it tells how lines are broken here.")]

WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "ordbro": bytes,
    "msgcat": msgcat(),
    "msgcat --no-wrap": msgcat("--no-wrap"),
    "msgcat -w 60": msgcat("--width=60"),
    "msgcat -s": msgcat("--sort-output", "--add-location=file"),
    "polib": as_polib,
    "polib unwrapped": as_polib_unwrapped,
    "babel": as_babel,
    "translate-toolkit": as_toolkit,
    "an odd hand": as_odd_hand,
    "crlf": lambda data: msgcat()(data).replace(b"\n", b"\r\n"),
    "crlf unwrapped": lambda data: msgcat("--no-wrap")(data).replace(b"\n", b"\r\n"),
    "bom": lambda data: b"\xef\xbb\xbf" + msgcat()(data),
    "no header": lambda data: data.removeprefix(HEADER.encode()).lstrip(b"\n"),
    "no last newline": lambda data: data.rstrip(b"\n"),
    "latin-1": lambda data: data.replace(b"charset=UTF-8", b"charset=ISO-8859-1").decode().encode("latin-1"),
}


def file_of(messages: list[Message], writer: str) -> bytes:
    """These messages in a file, as a program writes it; passes examples over that the program itself cannot take."""
    data = new_catalogue("Sjukhusnytt", "sv").arrange(messages).to_bytes()
    try:
        return WRITERS[writer](data)
    except (OSError, ValueError, AssertionError):
        assume(False)
        raise


def around(catalogue: Catalogue, number: int) -> tuple[bytes, bytes]:
    """The bytes of a file before and after an entry."""
    at = catalogue.blocks.index(catalogue.entries[number])
    head = "".join(block.raw for block in catalogue.blocks[:at]).encode(catalogue.encoding)
    tail = "".join(block.raw for block in catalogue.blocks[at + 1 :]).encode(catalogue.encoding)
    return b"\xef\xbb\xbf" * catalogue.bom + head, tail


def middle(before: Catalogue, number: int, after: Catalogue) -> str:
    """What stands for an entry in the changed file; all else must have its bytes."""
    head, tail = around(before, number)
    written = after.to_bytes()
    assert written.startswith(head)
    assert written.endswith(tail)
    return written[len(head) : len(written) - len(tail)].decode(after.encoding)


def says(catalogue: Catalogue) -> list[Message]:
    """The messages without their lines."""
    return [replace(message, line=0) for message in catalogue.messages]


def draw_file(data: st.DataObject, writer: str) -> tuple[Catalogue, int]:
    """A file of some program, and the place of one of its messages."""
    catalogue = parse(file_of(data.draw(catalogues(WORDS if writer == "latin-1" else WORDS + WIDE)), writer), "x.po")
    assume(catalogue.messages)
    return catalogue, data.draw(st.integers(0, len(catalogue.messages) - 1))


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=8)
@given(st.data())
def test_a_new_translation_changes_only_its_own_lines(writer: str, data: st.DataObject) -> None:
    """A changed msgstr leaves every other line of the file as it was, byte for byte."""
    before, number = draw_file(data, writer)
    old = before.messages[number]
    new = data.draw(texts(WORDS, 1).filter(lambda text: text not in old.texts))
    wanted = replace(old, plural=(*old.plural[:-1], new)) if old.plural else replace(old, msgstr=new)
    after = before.replace({number: wanted})
    entry = before.entries[number].raw
    assert middle(before, number, after).startswith(entry[: entry.rindex("msgstr")].rstrip(" \t"))
    expected = [replace(wanted, line=0) if at == number else message for at, message in enumerate(says(before))]
    assert says(parse(after.to_bytes(), "x.po")) == expected


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=8)
@given(st.data())
def test_an_approval_changes_only_comments(writer: str, data: st.DataObject) -> None:
    """Taking flag, previous text and Ordbro's word away leaves all statements, and saying so twice changes nothing."""
    before, number = draw_file(data, writer)
    approved = before.messages[number].approved()
    after = before.replace({number: approved})
    entry = before.entries[number]
    assert middle(before, number, after).rstrip("\r\n").endswith(entry.found["body"].rstrip("\r\n"))
    new = set(middle(before, number, after).splitlines()[:-1]) - set(entry.raw.splitlines())
    assert all(line.startswith("#,") for line in new)
    assert says(parse(after.to_bytes(), "x.po"))[number] == replace(approved, line=0)
    assert after.replace({number: approved}) is after


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=8)
@given(st.data())
def test_what_becomes_obsolete_comes_back_with_its_bytes(writer: str, data: st.DataObject) -> None:
    """`#~` in front of its lines and away again: the file is what it was."""
    before, number = draw_file(data, writer)
    old = before.messages[number]
    assume(not old.obsolete)
    gone = before.replace({number: replace(old, obsolete=True)})
    assert says(parse(gone.to_bytes(), "x.po"))[number] == replace(old, obsolete=True, line=0)
    back = gone.replace({number: old})
    assert back.to_bytes().rstrip() == before.to_bytes().rstrip()


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=8)
@given(st.data())
def test_a_new_message_only_adds_lines(writer: str, data: st.DataObject) -> None:
    """An inserted entry stands apart from its neighbours, whose bytes stay."""
    before, number = draw_file(data, writer)
    new = data.draw(entries(WORDS).filter(lambda message: message.key not in before.index))
    after = before.insert(number - 1 if number else None, new)
    head, tail = around(before, number)
    tail = before.entries[number].raw.encode(before.encoding) + tail
    assert after.to_bytes().startswith(head)
    assert after.to_bytes().endswith(tail)
    expected = says(before)
    expected.insert(number, new)
    assert says(parse(after.to_bytes(), "x.po")) == expected


@settings(max_examples=20)
@given(catalogues(WORDS + WIDE))
def test_gnu_reads_what_is_written(messages: list[Message]) -> None:
    """GNU accepts a new file, and its own version of it says the same."""
    catalogue = new_catalogue("Sjukhusnytt", "sv").arrange(messages)
    data = catalogue.to_bytes()
    theirs = parse(msgcat()(data), "x.po")
    # GNU drops obsolete messages without a translation, and the fuzzy flag of messages without one.
    kept = [message for message in messages if message.texts[0] or not message.obsolete]
    assert {essence(message) for message in theirs.messages} == {essence(message) for message in kept}


def essence(message: Message) -> object:
    """What every program keeps of a message."""
    fuzzy = message.fuzzy and message.texts[0] != ""
    return message.key, message.texts, message.previous, message.comments, message.obsolete, fuzzy


@settings(max_examples=20)
@given(catalogues(["the", "quick", "brown-fox", "åäö", "lång", '"q"', "don’t", "12", "日本"]), st.booleans())
def test_new_entries_are_broken_as_gettext_breaks_them(messages: list[Message], wrapped: bool) -> None:
    """In ordinary text a file of GNU's style, and one without wrapping, is what msgcat would write."""
    messages = [replace(m, references=(), comments=(), flags=(), obsolete=False) for m in messages]
    options = [] if wrapped else ["--no-wrap"]
    start = parse(msgcat(*options)(new_catalogue("x", "sv").arrange(LONG).to_bytes()), "x.po")
    data = start.arrange([0, *(m for m in messages if m.key not in start.index)]).to_bytes()
    assert data.decode() == msgcat(*options)(data).decode()
