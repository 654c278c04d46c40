"""The memory's file: made from what the project has, made anew when it is broken, safe with several processes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workflow.config import Project
from workflow.memory import Memory, Unit, exact, near
from workflow.memory import refreshing as refreshing_module
from workflow.memory.store import memory_file

Keep = Callable[..., Path]
TEXT = "Each patient has a contact nurse."
CHILD = """
import sys
from pathlib import Path
from workflow.config import load_project
from workflow.memory import Memory, near
with Memory(load_project(Path(sys.argv[1])), "sv") as memory:
    print(memory.ask("SELECT count(*) FROM units")[0][0], len(near(memory, "Text number 77 of many", limit=3)))
"""


def catalogue(site: Project) -> Path:
    """The catalogue of the sample article."""
    return site.catalogues("sv") / "news" / "nurses.po"


def read_files(site: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that opening the memory reads units from."""
    seen = list[str]()
    original = refreshing_module.read_units

    def noted(*args: object) -> object:
        seen.append(args[2].shown)  # type: ignore[attr-defined]
        return original(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(refreshing_module, "read_units", noted)
        Memory(site, "sv").close()
    return seen


def test_only_what_changed_is_read(site: Project, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run reads nothing, a touched file is only compared, and a changed one is read alone."""
    keep(Unit("House", "Hus"))
    assert len(read_files(site, monkeypatch)) == 3
    assert read_files(site, monkeypatch) == []
    os.utime(catalogue(site), (1, 1))
    assert read_files(site, monkeypatch) == []
    catalogue(site).write_text(catalogue(site).read_text().replace("Varje", "Var"))
    assert read_files(site, monkeypatch) == ["locales/sv/LC_MESSAGES/news/nurses.po"]


def test_a_change_within_the_clock_s_step_is_seen(site: Project) -> None:
    """A file that is written twice within one step of the file system's clock, at the same size, is read again."""
    path = catalogue(site)
    with Memory(site, "sv") as memory:
        before = path.stat()
        path.write_text(path.read_text().replace("Varje", "ejraV"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        memory.refresh()
        found = exact(memory, TEXT)
        assert found is not None
        assert found.target.startswith("ejraV")


def test_what_is_gone_is_forgotten(site: Project, memory: Memory) -> None:
    """A message that was edited, and a file that was removed, leave the memory."""
    catalogue(site).write_text(catalogue(site).read_text().replace("Each patient", "No patient"))
    memory.refresh()
    assert exact(memory, TEXT) is None
    assert exact(memory, TEXT.replace("Each", "No")) is not None
    catalogue(site).unlink()
    memory.refresh()
    assert exact(memory, TEXT.replace("Each", "No")) is None


@pytest.mark.parametrize("damage", ["", "no database " * 2000, "half", "middle", "foreign", "old"])
def test_a_broken_file_is_made_anew(site: Project, damage: str) -> None:
    """Whatever happened to the file, the memory is there again without a word."""
    Memory(site, "sv").close()
    file = memory_file(site, "sv")
    if damage == "half":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "middle":
        data = bytearray(file.read_bytes())
        data[4096:] = b"\xff" * (len(data) - 4096)
        file.write_bytes(data)
    elif damage in ("foreign", "old"):
        with _database(file) as database:
            database.execute("DROP TABLE units" if damage == "foreign" else "PRAGMA user_version = 77")
    else:
        file.write_text(damage)
    with Memory(site, "sv") as memory:
        assert exact(memory, TEXT) is not None
        assert near(memory, TEXT.replace("Each", "Every"))
        assert memory.findings == []


def test_it_may_be_deleted(site: Project) -> None:
    """Without the file everything is found as before."""
    Memory(site, "sv").close()
    memory_file(site, "sv").unlink()
    with Memory(site, "sv") as memory:
        assert exact(memory, TEXT) is not None


def test_where_nothing_can_be_written(site: Project) -> None:
    """Where `build` cannot be made, the memory works all the same."""
    site.build.write_text("a file in the way")
    with Memory(site, "sv") as memory:
        assert exact(memory, TEXT) is not None


def test_a_broken_catalogue_is_told(site: Project, keep: Keep) -> None:
    """A file that cannot be read is a finding each time, and the others are used."""
    broken = site.catalogues("sv") / "broken.po"
    broken.write_text('msgid "a"\nmsgstr "unfinished\n')
    keep(Unit("a", "b"), name="bad").write_text("<tmx>\n<body>")
    for _ in range(2):
        with Memory(site, "sv") as memory:
            places = [(each.path, each.line, each.check) for each in memory.findings]
            assert places == [
                ("locales/sv/LC_MESSAGES/broken.po", 2, "memory"),
                ("locales/sv/memory/bad.tmx", 2, "memory"),
            ]
            assert exact(memory, TEXT) is not None


def test_several_processes_at_once(site: Project, keep: Keep) -> None:
    """Processes that make the memory at the same time all find everything, and each unit once."""
    keep(*(Unit(f"Text number {number} of many", f"Text nummer {number} av många") for number in range(3000)))
    command = [sys.executable, "-c", CHILD, str(site.root)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = {process.communicate()[0] for process in running}
    with Memory(site, "sv") as memory:
        count = memory.ask("SELECT count(*) FROM units")[0][0]
    assert outputs == {f"{count} 3\n"}


def test_a_kill_in_the_middle(site: Project, keep: Keep) -> None:
    """A process that is killed while it fills the memory leaves nothing half done."""
    keep(*(Unit(f"Text number {number} of many", str(number)) for number in range(20_000)))
    with subprocess.Popen([sys.executable, "-c", CHILD, str(site.root)], stdout=subprocess.DEVNULL) as child:
        wal = memory_file(site, "sv").with_name("memory-sv.sqlite-wal")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not (wal.exists() and wal.stat().st_size > 100_000):
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
    with Memory(site, "sv") as memory:
        assert memory.ask(
            "SELECT count(*) FROM units WHERE file IN (SELECT id FROM files WHERE path LIKE '%.tmx')"
        ) == [(20_000,)]


def test_progress_is_told(site: Project, keep: Keep) -> None:
    """A progress bar hears how many bytes there are, and of all of them."""
    keep(*(Unit(f"Text number {number}", "x" * 100) for number in range(3000)))
    told = list[int]()

    @contextmanager
    def bar(total: int) -> Iterator[Callable[[int], None]]:
        told.append(-total)
        yield told.append

    Memory(site, "sv", bar).close()
    assert told[0] < -300_000
    assert sum(told) == 0


@contextmanager
def _database(file: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(file)
    with database:
        yield database
    database.close()
