"""What is exported is TMX 1.4b by its grammar, and other programs read all of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage import tmx as toolkit

from workflow.memory import Details, Unit
from workflow.memory.tmx_reading import KEPT, Tally, read_tmx
from workflow.memory.tmx_writing import write_tmx

DTD = Path(__file__).with_name("tmx14.dtd")

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1
)
texts = words.filter(lambda text: text.strip() != "")
stripped = words.map(str.strip).filter(bool)
details = st.builds(
    Details,
    st.lists(stripped, max_size=2, unique=True).map(tuple),
    st.lists(st.tuples(words, stripped), max_size=2, unique=True).map(tuple),
    st.sets(st.sampled_from(KEPT), max_size=3).flatmap(
        lambda names: st.tuples(*(st.tuples(st.just(name), words) for name in KEPT if name in names))
    ),
)
units = st.lists(st.builds(Unit, texts, texts, details=details), max_size=5)


def written(made: list[Unit]) -> bytes:
    """A file with these units."""
    return b"".join(write_tmx(made, "en", "sv"))


def reread(data: bytes) -> list[Unit]:
    """The units in a file of these bytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.tmx")
        path.write_bytes(data)
        return list(read_tmx(path, "x.tmx", "en", "sv", Tally(), lambda _: None))


@given(units)
def test_valid_by_its_dtd(made: list[Unit]) -> None:
    """Whatever the units say, the file obeys the grammar of TMX 1.4b."""
    with DTD.open("rb") as file:
        etree.DTD(file).assertValid(etree.parse(BytesIO(written(made))))


@given(units)
def test_round_trip(made: list[Unit]) -> None:
    """What was written is read again, to the last detail."""
    assert reread(written(made)) == made


@given(units)
def test_translate_toolkit_reads_all(made: list[Unit]) -> None:
    """Translate Toolkit finds every text and every note."""
    read = toolkit.tmxfile(BytesIO(written(made)), "en", "sv")
    found = [(unit.source, unit.target, unit.getnotes()) for unit in read.units]
    assert found == [(unit.source, unit.target, "\n".join(unit.details.notes)) for unit in made]


@given(units)
def test_what_translate_toolkit_writes_is_read(made: list[Unit]) -> None:
    """A file that Translate Toolkit has rewritten still says the same."""
    assert reread(bytes(toolkit.tmxfile(BytesIO(written(made)), "en", "sv"))) == made


def test_same_bytes() -> None:
    """The same units give the same bytes: no clock goes into the file."""
    made = [Unit("a", "b"), Unit("c", "d", details=Details(("n",)))]
    assert written(made) == written(made)
    assert b"date" not in written(made)


def test_what_xml_cannot_hold_is_left_out() -> None:
    """Control characters are dropped, line breaks and signs of XML stay."""
    data = written([Unit("a\x00\x0b<b>&\r\n\tc", 'd]]>"e"')])
    read = toolkit.tmxfile(BytesIO(data), "en", "sv").units[0]
    assert (read.source, read.target) == ("a<b>&\r\n\tc", 'd]]>"e"')
