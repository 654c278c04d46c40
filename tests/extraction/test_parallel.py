"""Several processes give what one gives, and leave nothing behind when they are stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.extraction.sites import BESOK, PHONE, VISIT, Site, accepted, new_site

ROOT = Path(__file__).resolve().parents[2]
SETTING = """
import os, signal, sys, time
from pathlib import Path
from workflow import extraction
from workflow.extraction import workers
os.sched_getaffinity = lambda _pid: {0, 1, 2}
workers.WORTH, workers.CHUNK = int(sys.argv[2]), int(sys.argv[3])
"""
EXTRACT = f"""{SETTING}
from workflow.config import load_project
result = extraction.extract(load_project(Path(sys.argv[1])))
print(sorted((locale, kind, n) for locale, counts in result.counts.items() for kind, n in counts.items() if n))
print(*result.findings, *result.changed, sep="\\n")
"""
COMMAND = f"""{SETTING}
from workflow.cli import main
real, parent = extraction.extract_one, os.getpid()
def extract_one(*arguments):
    time.sleep(0.02)
    assert os.getpid() != parent
    return real(*arguments)
extraction.extract_one = extract_one
sys.argv = ["ordbro", "--project", sys.argv[1], "extract"]
main()
"""
ORDER = f"""{SETTING}
def work(number):
    time.sleep(0.01)
    return number, os.getpid()
done = list(workers.in_parallel(work, range(50)))
assert [number for number, _ in done] == list(range(50))
print(len({{process for _, process in done}}), os.getpid() in {{process for _, process in done}})
"""
ALONE, TOGETHER = ("1000000", "1"), ("1", "2")


@contextmanager
def started(code: str, site: Site, how: tuple[str, str], seed: str = "random") -> Iterator[subprocess.Popen[str]]:
    """A program in a group of processes of its own; its output ends when the last of them is gone."""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(site.root), *how],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        try:
            yield program
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)


def done(code: str, site: Site, how: tuple[str, str], seed: str = "random") -> str:
    """What a program that has nothing to complain about prints."""
    with started(code, site, how, seed) as program:
        out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")
    return out.replace(str(site.root), "")


@pytest.fixture
def busy(site: Site) -> Site:
    """A project in which many things have happened since the last extraction."""
    for number in range(6):
        site.article(f"news/n{number}", f"Item {number} of the news.", f"The text that all have, and {number}.")
        site.article(f"old/o{number}", "A text with several translations.", f"Old {number}.")
    site.extract()
    for number in range(6):
        site.translate(f"old/o{number}", "A text with several translations.", f"Översättning {number}.")
        site.article(f"old/o{number}", f"Old {number}.")
    site.extract()
    site.article("news/n0", "A text with several translations.")
    site.article("news/n1", VISIT)
    site.article("care/visit", "Item 1 of the news.", PHONE)
    site.article("news/n7", "A text with several translations.", "The text that all have, and 8.")
    site.article("news/bad", title="[")
    site.po("news/n2").write_text("msgid\n", encoding="utf-8")
    (site.root / "source" / "news" / "n5.md").unlink()
    return site


def test_every_way_of_working_gives_the_same_bytes(busy: Site, tmp_path: Path) -> None:
    """One process or several, whatever order Python's sets have: files, notes, counts and findings are the same."""
    copies = {
        name: Site(Path(shutil.copytree(busy.root, tmp_path / name, symlinks=True)))
        for name in ("one 1", "one 2", "one 3", "several 1", "several 4")
    }
    told = {
        done(EXTRACT, site, ALONE if name.startswith("one") else TOGETHER, name[-1]) for name, site in copies.items()
    }
    assert len(told) == 1
    first, *others = [
        {**site.contents(), "notes": (site.root / "build" / "cache" / "extraction.json").read_bytes()}
        for site in copies.values()
    ]
    assert all(other == first for other in others)
    site = copies["several 1"]
    assert (site.reviewed("news/n1", VISIT), site.kept("care/visit", VISIT)) == (BESOK, BESOK)
    assert site.reviewed("news/n0", "A text with several translations.").startswith("Översättning")
    assert done(EXTRACT, site, TOGETHER).count("/locales/") == 0


def test_many_items_are_worked_on_in_several_processes(empty: Site) -> None:
    """Results come in order, from processes that are not the one that asked; few items stay in it."""
    several, inside = done(ORDER, empty, ("50", "1")).split()
    assert (int(several) > 1, inside) == (True, "False")
    assert done(ORDER, empty, ("51", "1")).split() == ["1", "True"]


@pytest.fixture
def many(tmp_path: Path) -> Site:
    """A project with a good number of articles that were never extracted."""
    site = new_site(tmp_path / "many")
    for number in range(60):
        site.article(f"a{number:02}", f"Text {number}.", VISIT)
    return site


def half_way(site: Site, program: subprocess.Popen[str]) -> None:
    """Wait until a few articles have been extracted."""
    until = time.monotonic() + 60
    while len(list(site.root.glob("locales/ar/**/*.po"))) < 5:
        assert program.poll() is None
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.parametrize(("chunk", "part"), [("1", True), ("30", False)])  # the last process has one article only
def test_ctrl_c_is_one_line_and_leaves_whole_files(many: Site, chunk: str, part: bool) -> None:
    """Interrupted, the command says so in one line with status 1; no process is left, and the next run finishes."""
    with started(COMMAND, many, ("1", chunk)) as program:
        half_way(many, program)
        os.killpg(program.pid, signal.SIGINT)  # as the terminal does: to all of them
        out, err = program.communicate(timeout=60)  # the processes have its ends open as well
    assert (program.returncode, out) == (1, "")
    assert err == "ordbro: stopped; what was finished is kept, and the next run goes on from there\n"
    made = [path for path in many.root.rglob("locales/**/*") if path.is_file()]
    assert len(made) < 3 * 61 or not part
    assert {path.suffix for path in made} == {".po", ".pot"}
    assert [path for path in made if path.suffix == ".po" and not accepted(path)] == []
    many.extract()
    stopped = many.contents()
    shutil.rmtree(many.root / "locales")
    shutil.rmtree(many.root / "build")
    many.extract()
    assert many.contents() == stopped


def test_processes_end_when_the_command_is_killed(many: Site) -> None:
    """Without the process that gives them work the others end by themselves, and the next run finishes."""
    with started(COMMAND, many, ("1", "1")) as program:
        half_way(many, program)
        program.kill()
        program.communicate(timeout=60)
    many.extract()
    assert many.changed() == []
    assert len([path for path in many.root.rglob("*.po") if not path.name.startswith(".")]) == 2 * 61


def test_a_process_that_is_killed_is_told(many: Site) -> None:
    """When the system kills one of the processes, the command says so in one line, and nothing hangs."""
    with started(
        COMMAND.replace("time.sleep(0.02)", "os.kill(os.getpid(), signal.SIGKILL)"), many, ("1", "1")
    ) as program:
        out, err = program.communicate(timeout=60)
    assert (program.returncode, out) == (1, "")
    told = "the system stopped a process that read articles; free some memory and run the command again"
    assert err == f"ordbro: {told}\n"


def test_a_file_that_cannot_be_written_is_named(many: Site) -> None:
    """What stops one process stops the command, with the line that it has when there is just one."""
    many.pot("a30").mkdir(parents=True)
    with started(COMMAND, many, ("1", "1")) as program:
        out, err = program.communicate(timeout=60)
    assert (program.returncode, out) == (1, "")
    (line,) = err.splitlines()
    assert line.endswith("a30.pot: is a folder where a file is needed; move it away")
