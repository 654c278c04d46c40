"""The cache: what was put is found again, and no accident with its file stops the work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workflow.errors import OutputError
from workflow.machine.cache import FILE, Cache, key


def test_what_was_put_is_found(cache: Cache) -> None:
    """Values come back by their keys; unknown keys are left out."""
    cache.put({b"a": b"1", b"b": b"2"})
    assert cache.get([b"a", b"b", b"c", b"a"]) == {b"a": b"1", b"b": b"2"}


def test_many_keys_at_once(cache: Cache) -> None:
    """More keys than SQLite takes variables are looked up in parts."""
    values = {str(n).encode(): b"x" for n in range(40_000)}
    cache.put(values)
    assert cache.get(values) == values


def test_a_later_process_finds_it(tmp_path: Path) -> None:
    """The values are there when the file is opened again."""
    with Cache(tmp_path) as first:
        first.put({b"a": b"1"})
    with Cache(tmp_path) as second:
        assert second.get([b"a"]) == {b"a": b"1"}


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to be read as one" * 40])
def test_a_broken_file_is_replaced(tmp_path: Path, damage: bytes) -> None:
    """A file that is no database gives way to a new cache without a word."""
    (tmp_path / FILE).write_bytes(damage)
    with Cache(tmp_path) as cache:
        cache.put({b"a": b"1"})
        assert cache.get([b"a"]) == {b"a": b"1"}


def test_a_file_torn_in_the_middle_is_replaced(tmp_path: Path) -> None:
    """A database with overwritten pages is given up when that is noticed."""
    with Cache(tmp_path) as cache:
        cache.put({key(str(n)): os.urandom(200) for n in range(5000)})
    with (tmp_path / FILE).open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(400_000))
    with Cache(tmp_path) as cache:
        cache.get(key(str(n)) for n in range(5000))
        cache.put({b"a": b"1"})
        assert cache.get([b"a"]) == {b"a": b"1"}


def test_a_killed_process_loses_only_what_it_had_not_put(tmp_path: Path) -> None:
    """After kill -9 everything that `put` had returned from is there."""
    program = (
        "import sys; from pathlib import Path; from workflow.machine.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for n in range(10**6): cache.put({str(n).encode(): b'x'}); print(n, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        last = [next(process.stdout) for _ in range(50)][-1]
        process.send_signal(signal.SIGKILL)
    with Cache(tmp_path) as cache:
        keys = [str(n).encode() for n in range(int(last) + 1)]
        assert len(cache.get(keys)) == len(keys)


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    """What two processes put at the same time is all there."""
    program = (
        "import sys; from pathlib import Path; from workflow.machine.cache import Cache\n"
        "with Cache(Path(sys.argv[1])) as cache:\n"
        "    for n in range(100): cache.put({f'{sys.argv[2]}{n}'.encode(): b'x'})\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name]) for name in "ab"]
    assert [each.wait() for each in running] == [0, 0]
    with Cache(tmp_path) as cache:
        assert len(cache.get(f"{name}{n}".encode() for name in "ab" for n in range(100))) == 200


def test_a_folder_that_cannot_be_made_is_one_error(tmp_path: Path) -> None:
    """A file in the folder's place is reported with its path."""
    (tmp_path / "build").write_text("")
    with pytest.raises(OutputError, match="build/cache: cannot be made"):
        Cache(tmp_path / "build" / "cache")


def test_keys_tell_texts_apart() -> None:
    """The same letters cut in another way are another key."""
    assert len({key("ab", "c"), key("a", "bc"), key("abc"), key("abc", "")}) == 4
