"""Imports and exports: all or nothing in, everything out, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from lxml import etree

from workflow.config import Project
from workflow.errors import MemoryFileError
from workflow.memory import Details, Kind, Memory, Unit, exact, export, import_file
from workflow.memory.tmx_writing import write_tmx

Keep = Callable[..., Path]
DTD = Path(__file__).with_name("tmx14.dtd")


def tmx(path: Path, *units: Unit) -> Path:
    """A TMX file with these units."""
    path.write_bytes(b"".join(write_tmx(units, "en", "sv")))
    return path


def kept(site: Project) -> list[str]:
    """The names of what was imported."""
    folder = site.root / "locales" / "sv" / "memory"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_an_import_is_kept_and_used(site: Project, tmp_path: Path) -> None:
    """The units of a file lie in the project as TMX, and the memory has them."""
    done = import_file(site, "sv", tmx(tmp_path / "Agency & co.tmx", Unit("House", "Hus"), Unit("Car", "Bil")))
    assert (done.path.name, done.units, done.skipped, done.changed) == ("Agency-co.tmx", 2, 0, True)
    assert kept(site) == ["Agency-co.tmx"]
    with Memory(site, "sv") as memory:
        assert exact(memory, "House") == Unit("House", "Hus", Kind.IMPORTED, "locales/sv/memory/Agency-co.tmx")


def test_importing_again_changes_nothing(site: Project, tmp_path: Path) -> None:
    """The same file a second time is told to be there already."""
    file = tmx(tmp_path / "a.tmx", Unit("House", "Hus"))
    import_file(site, "sv", file)
    assert not import_file(site, "sv", file).changed


def test_an_earlier_import_is_not_lost_by_accident(site: Project, tmp_path: Path) -> None:
    """Another file of the same name is refused, unless it shall replace the first or has a name of its own."""
    import_file(site, "sv", tmx(tmp_path / "a.tmx", Unit("House", "Hus")))
    file = tmx(tmp_path / "a.tmx", Unit("Car", "Bil"))
    with pytest.raises(MemoryFileError, match=r"^locales/sv/memory/a.tmx: holds an earlier import .*--replace"):
        import_file(site, "sv", file)
    import_file(site, "sv", file, name="b")
    import_file(site, "sv", file, overwrite=True)
    assert kept(site) == ["a.tmx", "b.tmx"]
    with Memory(site, "sv") as memory:
        assert exact(memory, "House") is None


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("x.tmx", '<tmx version="1.4"><header/>\n<body><tu>', r"x\.tmx:2: is no well-formed XML"),
        (
            "x.tmx",
            '<tmx version="1.4"><header/><body></body></tmx>',
            "no finished translation into Swedish .*none named",
        ),
        ("x.po", 'msgid "a"\nmsgstr "b\n', r"x\.po:2: "),
        ("x.po", 'msgid "a"\nmsgstr ""\n', "no finished translation into Swedish"),
        ("x.po", 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "a"\nmsgstr "b"\n', "its language is 'de'"),
        ("x.po", 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', r"x\.po:4: defines a message twice"),
        ("x.docx", "", r"ends with '\.docx'"),
    ],
)
def test_nothing_is_kept_of_a_bad_file(site: Project, tmp_path: Path, name: str, content: str, problem: str) -> None:
    """A file that cannot be used is refused in one line, and leaves no trace."""
    (tmp_path / name).write_text(content)
    with pytest.raises(MemoryFileError, match=problem) as caught:
        import_file(site, "sv", tmp_path / name)
    assert "\n" not in str(caught.value)
    assert not (site.root / "locales" / "sv" / "memory").exists()


@pytest.mark.parametrize("name", ["gone.tmx", "gone.po"])
def test_a_file_that_is_not_there(site: Project, tmp_path: Path, name: str) -> None:
    """A missing file is told as such."""
    with pytest.raises(MemoryFileError, match="cannot be read: No such file"):
        import_file(site, "sv", tmp_path / name)


def test_a_catalogue_of_somebody_else(site: Project, tmp_path: Path) -> None:
    """Of a `.po` file the finished messages are taken, of plurals both forms, with contexts and comments."""
    file = polib.POFile()
    file.metadata = {"Language": "sv_SE", "Content-Type": "text/plain; charset=iso-8859-1"}
    file.encoding = "iso-8859-1"
    file.append(polib.POEntry(msgid="Island", msgstr="Ö", msgctxt="geography", tcomment="Checked"))
    file.append(polib.POEntry(msgid="%d day", msgid_plural="%d days", msgstr_plural={0: "%d dag", 1: "%d dagar"}))
    file.append(polib.POEntry(msgid="Doubt", msgstr="Tvivel", flags=["fuzzy"]))
    file.append(polib.POEntry(msgid="Half", msgid_plural="Halves", msgstr_plural={0: "Halv", 1: ""}))
    file.append(polib.POEntry(msgid="Empty", msgstr=""))
    file.append(polib.POEntry(msgid="Old", msgstr="Gammal", obsolete=True))
    file.save(str(tmp_path / "old.po"))
    done = import_file(site, "sv", tmp_path / "old.po")
    assert (done.units, done.skipped) == (3, 4)
    with Memory(site, "sv") as memory:
        found = [exact(memory, text) for text in ("Island", "%d day", "%d days", "Doubt", "Half", "Old")]
        assert [unit and unit.target for unit in found] == ["Ö", "%d dag", "%d dagar", None, None, None]
        assert found[0] is not None
        assert found[0].details == Details(("Checked",), (("x-context", "geography"),))


def test_everything_is_exported(site: Project, keep: Keep, memory: Memory) -> None:
    """An export holds every reviewed message with its file, and every imported unit with what was said of it."""
    said = Details(("A note",), (("x-client", "Region"),), (("creationdate", "20200101T000000Z"),))
    keep(Unit("House", "Hus", details=said))
    memory.refresh()
    data = b"".join(export(memory))
    root = etree.fromstring(data)
    with DTD.open("rb") as file:
        etree.DTD(file).assertValid(root)
    pairs = [tuple(seg.text for seg in tu.iter("seg")) for tu in root.iter("tu")]
    assert pairs == [
        ("Each patient has a contact nurse.", "Varje patient har en kontaktsjuksköterska."),
        ("Opening hours", "Öppettider"),
        ("A text that is gone", "En text som är borta"),
        ("House", "Hus"),
        ("%(count)s minute to read", "%(count)s minuts läsning"),
        ("%(count)s minutes to read", "%(count)s minuters läsning"),
        ("Opening hours", "Öppet"),
    ]
    assert root.find(".//prop[@type='x-file']").text == "locales/sv/LC_MESSAGES/news/nurses.po"
    assert [(tu.get("creationdate"), tu.findtext("note")) for tu in root.iter("tu") if tu.get("creationdate")] == [
        ("20200101T000000Z", "A note")
    ]


def test_an_export_can_be_imported(site: Project, memory: Memory, tmp_path: Path) -> None:
    """What is exported goes in again, and the next export has nothing new but what the import said."""
    file = tmp_path / "all.tmx"
    file.write_bytes(b"".join(export(memory)))
    assert import_file(site, "sv", file).units == 6
    (site.root / "locales" / "sv" / "LC_MESSAGES" / "news" / "nurses.po").unlink()
    memory.refresh()
    found = exact(memory, "Each patient has a contact nurse.")
    assert found is not None
    assert (found.kind, found.target) == (Kind.IMPORTED, "Varje patient har en kontaktsjuksköterska.")


def test_an_export_does_not_depend_on_its_history(site: Project, keep: Keep) -> None:
    """The bytes are the same, whether the memory grew file by file or was made at once; equal units stand once."""
    keep(Unit("House", "Hus"), Unit("House", "Hus"), name="z")
    with Memory(site, "sv") as memory:
        keep(Unit("House", "Hus"), Unit("Car", "Bil"), name="a")
        memory.refresh()
        grown = b"".join(export(memory))
    (site.build / "cache" / "memory-sv.sqlite").unlink()
    with Memory(site, "sv") as memory:
        assert b"".join(export(memory)) == grown
    assert grown.count(b"<seg>House</seg>") == 1
