"""Whatever stops the work (ctrl-C, a kill, a full disk, a folder nobody may write to), nothing is lost."""

from __future__ import annotations

import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.cli.commands import PROGRAM, ROOT, Run, catalogue, doubt, program, write
from workflow.files import write_atomic

PARTS = 4
MESSAGES = PARTS * 500
ON_A_TERMINAL = (
    "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.executable, [sys.executable, '-m', 'workflow', 'translate'])"
)
"""Runs the command with the terminal at its standard streams as its own, so that ctrl-C there reaches it."""


@pytest.fixture
def long(demo: Path, ordbro: Run) -> Path:
    """A project with a few thousand texts that wait for a translation."""
    subjects = ("nurse", "doctor", "patient", "visitor", "editor", "driver", "cook", "child", "neighbour", "friend")
    verbs = ("reads", "writes", "sees", "finds", "carries", "opens", "buys", "needs", "shows", "keeps")
    objects = ("letter", "book", "door", "house", "room", "car", "key", "map", "picture", "table")
    texts = [f"The {s} {v} the {o}." for s in subjects for v in verbs for o in objects]
    for part in range(PARTS):
        chosen = [text.replace("The", f"On day {part + 1} the", 1) for text in texts[part * 100 : part * 100 + 500]]
        write(demo, f"news/part-{part}", f"---\ntitle: Part {part}\n---\n\n" + "\n\n".join(chosen) + "\n")
    assert ordbro("extract", cwd=demo).status == 0
    return demo


def drafts(project: Path) -> dict[tuple[str, str], str]:
    """Every draft of the long articles, from catalogues that a strict reader accepts."""
    found = {}
    for part in range(PARTS):
        path = catalogue(project, f"news/part-{part}")
        subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, path], check=True, capture_output=True)
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                assert entry.fuzzy
                found[path.name, entry.msgid] = entry.msgstr
    return found


def until_half_way(project: Path, press: bytes = b"", kill: int = 0) -> tuple[int, str]:
    """Translate on a terminal; once a few hundred texts are done, press a key or send a signal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        told, stopped = b"", False
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # nobody has the terminal open any more
                break
            if not piece:
                break
            told += piece
            done = [int(count) for count in re.findall(rb"(\d+)/\d+", told)]
            if not stopped and done and max(done) >= 200:
                stopped = True
                if press:
                    os.write(ours, press)
                else:
                    running.send_signal(kill)
        os.close(ours)
    assert stopped
    return running.returncode, told.decode()


def test_ctrl_c_keeps_what_was_translated(long: Path, ordbro: Run) -> None:
    """Ctrl-C is one line and exit status 1; drafts made before stay as they are, and the next run makes the rest."""
    status, told = until_half_way(long, press=b"\x03")
    assert status == 1
    assert told.count("ordbro: ") == 1
    assert "ordbro: stopped; what was finished is kept, and the next run goes on from there" in told
    assert "Traceback" not in told
    before = drafts(long)
    assert 200 <= len(before) < MESSAGES
    assert ordbro("translate", cwd=long).status == 0
    after = drafts(long)
    assert len(after) >= MESSAGES
    assert {key: after[key] for key in before} == before
    assert not list(long.rglob("*.new"))


def test_kill_leaves_whole_files(long: Path, ordbro: Run) -> None:
    """After kill -9 every catalogue can be read, drafts are in them, and the next run goes on from there."""
    status, _ = until_half_way(long, kill=signal.SIGKILL)
    assert status == -signal.SIGKILL
    before = drafts(long)
    assert before
    assert ordbro("translate", "--only", "news/part-0", cwd=long).status == 0
    after = drafts(long)
    assert len([name for name, _ in after if name == "part-0.po"]) >= 500
    assert {key: after[key] for key in before} == before


def test_what_a_person_saves_meanwhile_is_theirs(demo: Path, ordbro: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A translation that somebody saves while the machine is at work is neither overwritten nor lost."""
    from workflow.machine import translator

    write(demo, "news/x", "---\ntitle: Chemistry\n---\n\nWater is wet.\n\nThe door is open.\n")
    assert ordbro("extract", cwd=demo).status == 0
    po, translate = catalogue(demo, "news/x"), translator.Translator.translate

    def slow(self: object, jobs: object) -> object:
        text = po.read_text(encoding="utf-8")
        po.write_text(text.replace('"Water is wet."\nmsgstr ""', '"Water is wet."\nmsgstr "Vatten är vått."'), "utf-8")
        return translate(self, jobs)  # type: ignore[arg-type]

    monkeypatch.setattr(translator.Translator, "translate", slow)
    assert ordbro("translate", cwd=demo).status == 0
    entries = {entry.msgid: entry for entry in polib.pofile(str(po))}
    assert entries["Water is wet."].msgstr == "Vatten är vått."
    assert not entries["Water is wet."].fuzzy
    assert entries["The door is open."].fuzzy
    assert entries["The door is open."].msgstr


@pytest.mark.parametrize("fate", ["gone", "broken"])
def test_a_catalogue_that_changes_meanwhile_is_left_alone(
    demo: Path, ordbro: Run, monkeypatch: pytest.MonkeyPatch, fate: str
) -> None:
    """A catalogue that vanishes or breaks while the machine is at work is not put back or mended over."""
    from workflow.machine import translator

    write(demo, "news/x", "---\ntitle: Chemistry\n---\n")
    assert ordbro("extract", cwd=demo).status == 0
    po, translate = catalogue(demo, "news/x"), translator.Translator.translate

    def slow(self: object, jobs: object) -> object:
        if fate == "gone":
            po.unlink(missing_ok=True)
        else:
            po.write_text("<<<<<<< HEAD\n", encoding="utf-8")
        return translate(self, jobs)  # type: ignore[arg-type]

    monkeypatch.setattr(translator.Translator, "translate", slow)
    done = ordbro("translate", cwd=demo)
    assert done.status == (1 if fate == "broken" else 0)
    assert not po.exists() if fate == "gone" else po.read_text(encoding="utf-8") == "<<<<<<< HEAD\n"


def test_a_full_disk_is_told_and_files_stay_whole(demo: Path, tmp_path: Path) -> None:
    """On a disk without room one line names the file; what was written before is whole, nothing half-written stays."""
    for part in range(40):
        text = "\n\n".join(f"Paragraph {n} of article {part}, which is about nothing at all." for n in range(40))
        write(demo, f"news/part-{part}", f"---\ntitle: Part {part}\n---\n\n{text}\n")
    kept = tmp_path / "kept"
    script = (
        f"mount -t tmpfs -o size=200k tmpfs locales && {PROGRAM[0]} -m workflow extract; status=$?; "
        f"cp -r locales {kept}; exit $status"
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        cwd=demo,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done
    (told,) = [line for line in done.stderr.splitlines() if line.startswith("ordbro: ")]
    assert "locales/" in told
    assert "the disk is full; make room on it" in told
    written = [path for path in kept.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} <= {".po", ".pot"}
    for path in written:
        polib.pofile(str(path))


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """When the system refuses the bytes, the old content stands there whole and no other file is left."""
    script = (
        "import resource, signal, sys; from pathlib import Path; from workflow.files import write_atomic\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_atomic(Path('x.po'), b'new' * 1000)"
    )
    (tmp_path / "x.po").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OutputError: x.po: cannot be written: " in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.po"]
    assert (tmp_path / "x.po").read_bytes() == b"old"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_written_file_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    """Writing through a link changes the file it leads to, and a file's permissions stay."""
    real = tmp_path / "elsewhere" / "x.po"
    real.parent.mkdir()
    real.write_bytes(b"old")
    real.chmod(0o640)
    (tmp_path / "x.po").symlink_to(real)
    assert write_atomic(tmp_path / "x.po", b"new")
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new", 0o640)
    assert (tmp_path / "x.po").is_symlink()
    assert not write_atomic(tmp_path / "x.po", b"new")


@pytest.mark.parametrize("where", ["build", "build/site", "build/site/en"])
def test_a_file_in_the_place_of_the_output_is_told(demo: Path, ordbro: Run, where: str) -> None:
    """Where the output folder cannot be made, one line says what is in the way; the catalogues are up to date."""
    write(demo, "news/another", "---\ntitle: Another\n---\n\nThe unit opens on Monday.\n")
    shutil.rmtree(demo / where)
    (demo / where).write_text("", encoding="utf-8")
    done = ordbro("run", cwd=demo)
    assert done.status == 1
    (told,) = done.lines
    assert told == f"{where}: error: output: is a file where a folder is needed; move it away"
    assert "ordbro: machine" in catalogue(demo, "news/another").read_text(encoding="utf-8")


def test_a_read_only_output_folder_is_told(demo: Path, ordbro: Run) -> None:
    """Where nobody, not even root, may write, one line names the file and the remedy."""
    done = ordbro("build", "--output", "/sys/ordbro", cwd=demo)
    assert done.status == 1
    (told,) = done.lines
    assert told.startswith("ordbro: /sys/ordbro/")
    assert "cannot be written: " in told
    assert "check that you may write to its folder" in told


def test_catalogues_that_cannot_be_written_stop_the_run(demo: Path, ordbro: Run) -> None:
    """When the folder of catalogues is not usable, the run stops there with one line."""
    shutil.move(demo / "locales", demo / "old")
    (demo / "locales").write_text("", encoding="utf-8")
    done = ordbro("run", cwd=demo)
    assert (done.status, done.lines) == (
        1,
        ["locales: error: output: is a file where a folder is needed; move it away"],
    )


def test_a_reader_that_leaves_is_no_fault(demo: Path) -> None:
    """`ordbro check | head -1` ends without a word of complaint."""
    doubt(demo)
    script = f"{PROGRAM[0]} -m workflow check | head -c 1"
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=demo,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (len(done.stdout), done.stderr) == (1, "")


def test_output_that_finds_no_room_is_a_failure(demo: Path) -> None:
    """Findings that could not be written anywhere are not passed over in silence."""
    doubt(demo)
    script = f"{PROGRAM[0]} -m workflow check > /dev/full"
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=demo,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "ordbro: the disk is full; make room on it and run the command again\n"


def test_a_terminal_without_our_letters_shows_all_the_same(demo: Path) -> None:
    """With an old encoding nothing fails, and JSON is UTF-8 as always."""
    shown = program("status", cwd=demo, PYTHONIOENCODING="ascii")
    assert (shown.status, shown.err) == (0, "")
    assert "news/first-article.md" in shown.out
    assert '"locales"' in program("status", "--format", "json", cwd=demo, PYTHONIOENCODING="ascii").out
