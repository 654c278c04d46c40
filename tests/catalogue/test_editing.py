"""How a changed or new entry is written: as little as can be, and in the file's own style."""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workflow.catalogue.po import new_catalogue, parse
from workflow.message import Message

ENTRY = """\
# first word
#. heading 2
# second word
#: source/a.md
#, c-format, no-wrap
#| msgid "Old "
#| "English"
msgctxt "menu"
msgid   "New English"
msgstr ""
"Gam"
"mal"
"""


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ({"msgstr": "Ny"}, 'msgstr ""\n"Gam"\n"mal"\n', 'msgstr "Ny"\n'),
        ({"flags": ("fuzzy", "c-format", "no-wrap")}, "#, c-format, no-wrap\n", "#, fuzzy, c-format, no-wrap\n"),
        ({"flags": ("c-format",)}, "#, c-format, no-wrap\n", "#, c-format\n"),
        ({"flags": ()}, "#, c-format, no-wrap\n", ""),
        ({"flags": ("no-wrap", "c-format")}, "#, c-format, no-wrap\n", "#, no-wrap, c-format\n"),
        ({"comments": ("first word", "second word", "third")}, "# second word\n", "# second word\n# third\n"),
        ({"comments": ("second word",)}, "# first word\n", ""),
        ({"comments": ("1", "second word")}, "# first word\n", "# 1\n"),
        ({"extracted": ("heading 3",)}, "#. heading 2\n", "#. heading 3\n"),
        ({"extracted": ("heading 2", "see")}, "#. heading 2\n", "#. heading 2\n#. see\n"),
        ({"references": ("source/b.md", "c.md")}, "#: source/a.md\n", "#: source/b.md c.md\n"),
        ({"references": ("my file.md:2",)}, "#: source/a.md\n", "#: \u2068my file.md\u2069:2\n"),
        ({"references": ()}, "#: source/a.md\n", ""),
        ({"previous": None}, '#| msgid "Old "\n#| "English"\n', ""),
        ({"previous": "X"}, '#| msgid "Old "\n#| "English"\n', '#| msgid "X"\n'),
        (
            {"previous_ctxt": "m"},
            '#| msgid "Old "\n#| "English"\n',
            '#| msgctxt "m"\n#| msgid "Old English"\n',
        ),
        ({"msgid": "Newer"}, 'msgid   "New English"\n', 'msgid "Newer"\n'),
        ({"msgctxt": None}, 'msgctxt "menu"\n', ""),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_what_says_something_else_is_written_anew(
    change: dict[str, Any], old: str, new: str, newline: str
) -> None:
    """One changed field of a message changes the lines of that field, in the file's newlines."""
    text = f'\n{ENTRY}\nmsgid "next"\nmsgstr ""\n'.replace("\n", newline)
    catalogue = parse(text.encode(), "x.po")
    changed = catalogue.replace({0: replace(catalogue.messages[0], **change)})
    assert changed.to_bytes().decode() == text.replace(old.replace("\n", newline), new.replace("\n", newline), 1)


def approve(message: Message) -> Message:
    """The message, approved."""
    return message.approved()


def draft(message: Message) -> Message:
    """The message with a machine's draft."""
    return message.drafted(("Hej",), "machine argos 1.9")


def obsolete(message: Message) -> Message:
    """The message, obsolete."""
    return replace(message, obsolete=True)


def revive(message: Message) -> Message:
    """The message, live again."""
    return replace(message, obsolete=False)


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', approve, 'msgid "a"\nmsgstr "b"\n'),
        ('#,fuzzy,  c-format\nmsgid "a"\nmsgstr "b"\n', approve, '#,c-format\nmsgid "a"\nmsgstr "b"\n'),
        ('#, c-format\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n', approve, '#, c-format\nmsgid "a"\nmsgstr "b"\n'),
        ('#= fuzzy\n#, c-format\nmsgid "a"\nmsgstr "b"\n', approve, '#, c-format\nmsgid "a"\nmsgstr "b"\n'),
        (
            '#. p\n#: a.md\nmsgid "a"\nmsgstr ""\n',
            draft,
            '# ordbro: machine argos 1.9 text=9fc6a57d\n#. p\n#: a.md\n#, fuzzy\nmsgid "a"\nmsgstr "Hej"\n',
        ),
        (
            '# x\n\n\nmsgid "a"\nmsgstr ""',
            draft,
            '# x\n# ordbro: machine argos 1.9 text=9fc6a57d\n\n\n#, fuzzy\nmsgid "a"\nmsgstr "Hej"\n',
        ),
        ('#| msgid "x"\nmsgid "a"\n\nmsgstr "b"\n', obsolete, '#~| msgid "x"\n#~ msgid "a"\n\n#~ msgstr "b"\n'),
        ('#~|msgid "x"\n#~msgid "a"\n#~   msgstr "b"\n', revive, '#|msgid "x"\nmsgid "a"\n  msgstr "b"\n'),
        (
            'msgid "a" msgstr "b"\n',
            draft,
            '# ordbro: machine argos 1.9 text=9fc6a57d\n#, fuzzy\nmsgid "a"\nmsgstr "Hej"\n',
        ),
        ('#~ # w\n#~ msgid "a"\n#~ msgstr "b"\n', revive, '#~ # w\nmsgid "a"\nmsgstr "b"\n'),
    ],
)
def test_every_step_of_work_touches_only_its_lines(before: str, step: Callable[[Message], Message], after: str) -> None:
    """Approving, drafting, making obsolete and reviving leave an unusual hand's other lines as they are."""
    catalogue = parse(before.encode(), "x.po")
    changed = catalogue.replace({0: step(catalogue.messages[0])})
    assert changed.to_bytes().decode() == after
    assert replace(parse(after.encode(), "x.po").messages[0], line=0) == replace(changed.messages[0], line=0)


LONG = "A sentence that is rather longer than one line of a catalogue may ever be, so that it has to be broken in two."
GNU = """\
msgid ""
"A sentence that is rather longer than one line of a catalogue may ever be, so "
"that it has to be broken in two."
msgstr ""
"""
OTHERS = {
    "gnu": GNU,
    "unwrapped": f'msgid "{LONG}"\nmsgstr ""\n',
    "narrow": (
        'msgid ""\n"A sentence that is rather longer than one line of a "\n'
        '"catalogue may ever be, so that it has to be broken in two."\nmsgstr ""\n'
    ),
}


@pytest.mark.parametrize("style", OTHERS)
def test_a_new_entry_is_broken_like_its_neighbours(style: str) -> None:
    """Lines are as wide as the file's own, or not broken where the file does not break them."""
    text = f"#: a.md\n{OTHERS[style]}"
    new = Message(LONG, msgctxt="c", references=("a.md",), extracted=("p",))
    written = parse(text.encode(), "x.po").insert(0, new).to_bytes().decode()
    assert written == f'{text}\n#. p\n#: a.md\nmsgctxt "c"\n{OTHERS[style]}'


def test_references_stand_as_the_file_has_them() -> None:
    """One a line where the file has one a line, else as many as a line holds."""
    entry = 'msgid "a"\nmsgstr ""\n'
    new = Message("b", references=tuple(f"source/{letter * 20}.md" for letter in "abc"))
    single = parse(f"#: a.md\n#: b.md\n{entry}".encode(), "x.po").insert(0, new).to_bytes().decode()
    joined = parse(f"#: a.md b.md\n{entry}".encode(), "x.po").insert(0, new).to_bytes().decode()
    assert single.count("#: ") == 5
    assert joined.count("#: ") == 3


def test_a_text_that_the_charset_lacks_makes_the_file_utf8() -> None:
    """A translation is never lost to a legacy charset: the file and its header change."""
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "å"\nmsgstr ""\n'
    catalogue = parse(text.encode("latin-1"), "x.po")
    kept = catalogue.replace({0: replace(catalogue.messages[0], msgstr="ö")})
    assert kept.to_bytes() == text.replace('msgid "å"\nmsgstr ""', 'msgid "å"\nmsgstr "ö"').encode("latin-1")
    converted = catalogue.replace({0: replace(catalogue.messages[0], msgstr="1 €")})
    expected = text.replace("ISO-8859-1", "UTF-8").replace('msgid "å"\nmsgstr ""', 'msgid "å"\nmsgstr "1 €"')
    assert converted.to_bytes() == expected.encode()


def test_what_no_file_can_hold_is_replaced() -> None:
    """NUL and half characters are written as replacement characters."""
    catalogue = new_catalogue("x", "sv").arrange([Message("a", "b\0\ud83d", comments=("\udc00",))])
    message = parse(catalogue.to_bytes(), "x.po").messages[0]
    assert (message.msgstr, message.comments) == ("b\ufffd\ufffd", ("\ufffd",))


def test_entries_can_change_places() -> None:
    """Messages stand in any order asked for, apart from each other; what belongs to no message stays."""
    text = 'msgid "a"\nmsgstr ""\n\n# two\nmsgid "b"\nmsgstr ""\n\n# the end'
    catalogue = parse(text.encode(), "x.po")
    expected = '# two\nmsgid "b"\nmsgstr ""\n\nmsgid "c"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n\n# the end'
    assert catalogue.arrange([1, Message("c"), 0]).to_bytes().decode().lstrip() == expected
    assert catalogue.arrange([]).to_bytes().decode() == "\n# the end"
    assert catalogue.arrange([0, 1]) is catalogue


def test_an_entry_after_a_file_without_a_last_newline_stands_apart() -> None:
    """A missing newline at the file's end is added only when something follows."""
    catalogue = parse(b'msgid "a"\nmsgstr ""', "x.po").insert(0, Message("b"))
    assert catalogue.to_bytes() == b'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n'


def test_a_byte_order_mark_stays() -> None:
    """A changed file begins with the mark that it began with."""
    catalogue = parse('\ufeffmsgid "a"\nmsgstr ""\n'.encode(), "x.po")
    assert catalogue.replace({0: Message("a", "å")}).to_bytes() == '\ufeffmsgid "a"\nmsgstr "å"\n'.encode()


def test_a_new_catalogue_says_what_gettext_must_know() -> None:
    """Its header names project, language, plural forms and charset, and no date."""
    assert new_catalogue("Sjukhusnytt", "sv").to_bytes().decode() == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: Sjukhusnytt\\n"\n'
        '"Language: sv\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"X-Generator: ordbro\\n"\n'
    )
    assert set(new_catalogue("Sjukhusnytt", None).header) == {
        "Project-Id-Version",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "X-Generator",
    }


@pytest.mark.parametrize("locale", ["sv", "pt_BR", "ar", "ja", "pl"])
def test_gnu_accepts_a_new_catalogue(locale: str) -> None:
    """GNU's own check has nothing against it, whatever the language's plural forms are."""
    data = new_catalogue("Sjukhusnytt", locale).arrange([Message("Page", "Sida")]).to_bytes()
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", "-"], input=data, capture_output=True, check=True)


def test_a_previous_context_has_its_text() -> None:
    """A message that only changed its context says so in a form that gettext accepts."""
    catalogue = new_catalogue("x", "sv").arrange([Message("a", "b", "new", previous_ctxt="old", flags=("fuzzy",))])
    assert '#| msgctxt "old"\n#| msgid "a"\nmsgctxt "new"\n' in catalogue.to_bytes().decode()


def test_a_catalogue_can_go_to_another_process() -> None:
    """Pickling keeps bytes, messages and lines."""
    catalogue = parse(f'\n{ENTRY}\n#~ msgid "a"\n#~ msgstr ""\n'.encode(), "x.po")
    copy = pickle.loads(pickle.dumps(catalogue))
    assert copy.messages == catalogue.messages
    assert copy.replace({0: Message("x")}).to_bytes() == catalogue.replace({0: Message("x")}).to_bytes()
