"""`glossary.csv` as people save it: every usual form is read, and a mistake is named with its line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.config import load_project
from workflow.errors import GlossaryError
from workflow.glossary import EMPTY, Entry, glossary_path, load_glossary, parse_glossary

PLAIN = "source,target,note\ncontact nurse,kontaktsjuksköterska,\nIVO,,an authority\n"
ENTRIES = (Entry("contact nurse", "kontaktsjuksköterska", "", 2), Entry("IVO", "", "an authority", 3))


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", ";").encode("utf-8-sig"),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("source,target,note", "Source,Target,Note").encode(),
        PLAIN.replace("contact nurse", ' "contact  nurse" '.strip()).encode(),
        PLAIN.rstrip("\n").encode(),
    ],
)
def test_usual_forms(data: bytes) -> None:
    """Commas, semicolons of a Swedish Excel, tabs, a byte order mark and Windows line ends are all fine."""
    assert parse_glossary(data, "glossary.csv").entries == ENTRIES


def test_two_columns_are_enough() -> None:
    """The notes may be left out, and blank lines do not count."""
    data = b"source,target\nward,avdelning\n\n,\ndesk,information\n"
    assert parse_glossary(data, "x").entries == (
        Entry("ward", "avdelning", "", 2),
        Entry("desk", "information", "", 5),
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "glossary.csv:1: begins with the columns none; let its first line be: source,target,note"),
        (b"ward,avdelning,\n", "glossary.csv:1: begins with the columns ward, avdelning, "),
        (b"source;target,note\n", "glossary.csv:1: begins with"),
        (b"source,target,note\nward\n", "glossary.csv:2: has 1 columns where 3 belong"),
        (b"source,target,note\na,b,c\nward,avdelning,one, two\n", "glossary.csv:3: has 4 columns where 3 belong"),
        (b"source,target,note\n,avdelning,\n", "glossary.csv:2: has no source term"),
        (b"source,target,note\nward,a,\nWard,b,\n", "glossary.csv:3: has 'Ward' twice (first in line 2)"),
        (b'source,target,note\nward,"a,\n', "glossary.csv:2: is no CSV"),
        (b"source,target,note\nward,avdelning,\nd\xf6d,d\xf6d,\n", "glossary.csv:3: is not UTF-8 (byte 0xf6)"),
    ],
)
def test_mistakes_are_named(data: bytes, expected: str) -> None:
    """What is wrong is told with file, line and advice, in one line."""
    with pytest.raises(GlossaryError) as caught:
        parse_glossary(data, "glossary.csv")
    assert str(caught.value).startswith(expected)
    assert "\n" not in str(caught.value)


def test_a_note_of_several_lines() -> None:
    """A quoted line break is a space, and the lines after it are counted right."""
    with pytest.raises(GlossaryError, match=r"^x:5: has 'A' twice"):
        parse_glossary(b'source,target,note\na,b,"one\ntwo"\nc,d,\nA,e,\n', "x")


def test_a_locale_without_glossary(tmp_path: Path) -> None:
    """No file is an empty glossary, a folder in its place is a mistake."""
    (tmp_path / "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv"]\n')
    project = load_project(tmp_path)
    assert load_glossary(project, "sv") is EMPTY
    glossary_path(project, "sv").mkdir(parents=True)
    with pytest.raises(GlossaryError, match=r"^locales/sv/glossary.csv: cannot be read"):
        load_glossary(project, "sv")


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])).map(
    lambda text: " ".join(text.split())
)


@given(
    st.lists(
        st.tuples(cells.filter(lambda text: any(map(str.isalnum, text))), cells, cells),
        unique_by=lambda row: row[0].casefold(),
        max_size=5,
    ),
    st.sampled_from(",;\t"),
)
def test_what_a_program_writes_is_read(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    """Whatever stands in the cells, a file that a CSV program wrote is read as it was meant."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([("source", "target", "note"), *rows])
    read = parse_glossary(out.getvalue().encode(), "x").entries
    assert [(each.source, each.target, each.note) for each in read] == rows
