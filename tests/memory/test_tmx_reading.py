"""TMX comes from many programs: what each means is read, and what is broken or hostile is refused with its line."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from workflow.errors import MemoryFileError
from workflow.memory import Details, Unit
from workflow.memory.tags import best, fitness
from workflow.memory.tmx_reading import Tally, read_tmx

Reading = Callable[..., list[Unit]]


def tmx(body: str, head: str = '<?xml version="1.0"?>\n', version: str = "1.4", srclang: str = "en") -> str:
    """A file with these units."""
    return f'{head}<tmx version="{version}">\n<header srclang="{srclang}"/>\n<body>\n{body}\n</body>\n</tmx>\n'


def tu(source: str, target: str, here: str = "en", there: str = "sv", attribute: str = "xml:lang") -> str:
    """A unit in two languages."""
    variants = ((here, source), (there, target))
    return "<tu>" + "".join(f'<tuv {attribute}="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants) + "</tu>"


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Read a file of this text or these bytes; gives its units."""

    def read(content: str | bytes, locale: str = "sv", tally: Tally | None = None) -> list[Unit]:
        path = tmp_path / "x.tmx"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_tmx(path, "x.tmx", "en", locale, tally or Tally(), lambda _: None))

    return read


def texts(units: list[Unit]) -> list[tuple[str, str]]:
    """What the units say."""
    return [(unit.source, unit.target) for unit in units]


@pytest.mark.parametrize(
    ("version", "attribute"), [("1.1", "lang"), ("1.2", "lang"), ("1.3", "xml:lang"), ("1.4", "xml:lang")]
)
def test_all_versions(reading: Reading, version: str, attribute: str) -> None:
    """Files of every version of TMX are read, with the language attribute of their time."""
    assert texts(reading(tmx(tu("House", "Hus", attribute=attribute), version=version))) == [("House", "Hus")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "cp1252"])
def test_encodings(reading: Reading, encoding: str) -> None:
    """The usual encodings are read, with and without a byte order mark."""
    name = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(
        encoding, encoding.removesuffix("-le").removesuffix("-be")
    )
    head = f'<?xml version="1.0" encoding="{name}"?>\n'
    assert texts(reading(tmx(tu("Island", "Ö"), head).encode(encoding))) == [("Island", "Ö")]


def test_a_document_type_is_not_fetched(reading: Reading) -> None:
    """The usual DOCTYPE is fine, and nothing is opened for it."""
    head = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "http://example.invalid/tmx14.dtd">\n'
    assert texts(reading(tmx(tu("a &amp; b&nbsp;c", "ä"), head))) == [("a & b\u00a0c", "ä")]


@pytest.mark.parametrize("tag", ["sv", "SV", "sv-SE", "sv_SE", "SV-FI"])
def test_spellings_of_a_language(reading: Reading, tag: str) -> None:
    """However a program writes the language, its texts are found."""
    assert texts(reading(tmx(tu("House", "Hus", "EN-GB", tag)))) == [("House", "Hus")]


def test_the_best_of_several_languages(reading: Reading) -> None:
    """Of several variants the locale's own is taken, and the source that the file says it was made from."""
    variants = {"en-US": "Color", "en-GB": "Colour", "de": "Farbe", "sv-FI": "Kulör", "sv": "Färg"}
    unit = "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants.items())
    assert texts(reading(tmx(f"<tu>{unit}</tu>", srclang="en-GB"))) == [("Colour", "Färg")]


def test_languages_and_countries() -> None:
    """A country that is not named fits any; two different ones do not fit."""
    assert [fitness(tag, "pt_BR") for tag in ("pt-BR", "pt", "pt-PT", "es")] == [2, 1, 0, 0]
    assert best(["de", "sv-SE", "sv"], "sv") == [2]
    assert best(["de"], "sv") == []


def test_two_translations_of_one_text(reading: Reading) -> None:
    """Each translation of a unit is a unit of its own."""
    unit = "".join(
        f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in (("en", "A"), ("sv", "B"), ("sv", "C"))
    )
    assert texts(reading(tmx(f"<tu>{unit}</tu>"))) == [("A", "B"), ("A", "C")]


def test_what_a_file_says_of_a_unit(reading: Reading) -> None:
    """Notes, properties, dates and names are kept, from the unit and from its translation."""
    unit = (
        '<tu tuid="7" creationdate="20200101T000000Z"><note>Old</note><prop type="x-client">Region</prop>'
        '<tuv xml:lang="en"><seg>A</seg></tuv>'
        '<tuv xml:lang="sv" changedate="20210101T000000Z" changeid="Åsa"><note>Checked</note><seg>B</seg></tuv></tu>'
    )
    expected = Details(
        ("Old", "Checked"),
        (("x-client", "Region"),),
        (
            ("tuid", "7"),
            ("creationdate", "20200101T000000Z"),
            ("changedate", "20210101T000000Z"),
            ("changeid", "Åsa"),
        ),
    )
    assert reading(tmx(unit)) == [Unit("A", "B", details=expected)]


@pytest.mark.parametrize(
    ("seg", "expected"),
    [
        ('A <bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept> word', "A **bold** word"),
        ('<bpt i="1">&lt;em class="x"&gt;</bpt>so<ept i="1">&lt;/em&gt;</ept>', "*so*"),
        (
            'See <bpt i="2">&lt;a href="https://x.se/"&gt;</bpt>this<ept i="2">&lt;/a&gt;</ept>.',
            "See [this](https://x.se/).",
        ),
        ('A <bpt i="1">{\\b </bpt>rich<ept i="1">}</ept> text', "A rich text"),
        ("Hello <ph>{name}</ph>, <ph>%(count)s</ph> left", "Hello {name}, %(count)s left"),
        ("One<ph>&lt;br/&gt;</ph>two", "One two"),
        ('Before <it pos="begin">&lt;b&gt;</it>after', "Before after"),
        ('A <hi type="term">marked <hi>word</hi></hi>', "A marked word"),
        ("A <ut>{\\cs6 </ut> gap", "A gap"),
        ("Plain  text <unknown>stays</unknown>", "Plain  text stays"),
    ],
)
def test_inline_codes(reading: Reading, seg: str, expected: str) -> None:
    """HTML's marks become Markdown, placeholders stay, and the codes of other formats leave no trace."""
    assert texts(reading(tmx(tu(seg, "x")))) == [(expected, "x")]


def test_texts_inside_codes(reading: Reading) -> None:
    """A text inside a code, such as a picture's description, is a unit of its own."""
    source = 'See <ph>&lt;img alt="<sub>A house</sub>"&gt;</ph> here'
    target = 'Se <ph>&lt;img alt="<sub>Ett hus</sub>"&gt;</ph> här'
    assert texts(reading(tmx(tu(source, target)))) == [("See here", "Se här"), ("A house", "Ett hus")]
    assert texts(reading(tmx(tu(source, "Se här")))) == [("See here", "Se här")]


def test_units_without_both_texts_are_counted(reading: Reading) -> None:
    """What lacks one of the languages, or is empty in it, is left out and told."""
    tally = Tally()
    body = tu("A", "B") + tu("A", "B", there="de") + tu("A", " ") + tu("", "B")
    assert texts(reading(tmx(body), tally=tally)) == [("A", "B")]
    assert (tally.units, tally.skipped, dict(tally.languages)) == (1, 3, {"en": 4, "sv": 3, "de": 1})


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (tmx("<tu><tuv></tu>"), 5, "mismatched tag"),
        (tmx(tu("a", "b"))[:-9], 6, "unclosed token"),
        ("", 1, "no element found"),
        ("no XML at all", 1, "syntax error"),
        ("<html></html>", 1, "is no TMX: it begins with <html>"),
        (tmx(tu("&unknown;", "b"), '<!DOCTYPE tmx SYSTEM "x">\n'), 5, "unknown entity &unknown;"),
        (tmx(tu("&unknown;", "b")), 5, "undefined entity"),
        (
            '<!DOCTYPE tmx [\n<!ENTITY a "x">\n<!ENTITY b "&a;&a;">]>\n' + tmx(tu("&b;", "b"), ""),
            2,
            "declares the entity 'a'",
        ),
        (
            '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n' + tmx(tu("&a;", "b"), ""),
            1,
            "declares the entity",
        ),
        ('<!DOCTYPE tmx [<!ENTITY % a SYSTEM "x.dtd"> %a;]>\n' + tmx(tu("a", "b"), ""), 1, "declares the entity"),
        (tmx(tu("a\x01", "b")), 5, "not well-formed"),
        ('<?xml version="1.0" encoding="klingon"?>\n<tmx/>', 1, "encoding"),
        (b'<?xml version="1.0" encoding="utf-16"?><tmx/>', 1, "encoding"),
        (tmx(tu("a", "b")).encode().replace(b">a<", b">\xe5<"), 5, "not well-formed"),
    ],
)
def test_broken_and_hostile_files(reading: Reading, content: str | bytes, line: int, problem: str) -> None:
    """A file that is no good TMX, or wants more than to be read, is refused with its line in one line."""
    with pytest.raises(MemoryFileError) as caught:
        reading(content)
    assert problem in str(caught.value)
    assert (caught.value.path, caught.value.line) == ("x.tmx", line)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    """A file that is not there is told as such."""
    with pytest.raises(MemoryFileError, match=r"^gone.tmx: cannot be read: No such file"):
        list(read_tmx(tmp_path / "gone.tmx", "gone.tmx", "en", "sv", Tally(), lambda _: None))


def test_memory_stays_flat(tmp_path: Path) -> None:
    """Reading ten times as many units takes no more of the computer's memory."""

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.tmx"
        path.write_text(tmx("\n".join(tu(f"Text {number}", f"Text nummer {number}") for number in range(count))))
        tracemalloc.start()
        assert sum(1 for _ in read_tmx(path, "x", "en", "sv", Tally(), lambda _: None)) == count
        result = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return result

    peak(10)
    assert peak(20_000) < 1.3 * peak(2_000)
