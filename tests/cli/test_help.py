"""The help texts: every command explains itself, with an example and its exit status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.cli.commands import Run
from workflow.cli.program import ordbro as program


def commands(group: click.Group = program, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words that call each command."""
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = sorted(commands())


def test_the_commands_are_those_of_the_main_line() -> None:
    """Nothing is missing from the main line."""
    assert {("init",), ("extract",), ("translate",), ("check",), ("status",), ("build",), ("run",), ("model",)} <= {
        *ALL
    }
    assert {("model", "list"), ("model", "install"), ("model", "remove")} <= {*ALL}


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_a_command_explains_itself(words: tuple[str, ...], tmp_path: Path, ordbro: Run) -> None:
    """`--help` works without a project, fits the line, and shows an example that begins with the command."""
    done = ordbro(*words, "--help", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert re.search(rf"^ +ordbro (--project \S+ )?{' '.join(words)}\b", done.out, re.M)
    assert all(len(line) <= 100 for line in done.out.splitlines())
    assert done.out == ordbro(*words, "-h", cwd=tmp_path).out


@pytest.mark.parametrize(
    "words",
    "init extract translate check status build run adopt merge model-install model-remove".split(),
)
def test_a_command_that_can_fail_says_how(words: str, tmp_path: Path, ordbro: Run) -> None:
    """The help says what the exit status means."""
    assert "Exit status:" in ordbro(*words.split("-"), "--help", cwd=tmp_path).out


def test_every_option_is_explained() -> None:
    """No option stands there without a word, and every command takes the shared ones."""
    for words in ALL:
        command: click.Command = program
        for word in words:
            assert isinstance(command, click.Group)
            command = command.commands[word]
        options = {each.name: each for each in command.params if isinstance(each, click.Option)}
        assert all(each.help for each in options.values()), words
        assert isinstance(command, click.Group) or {"project", "verbose", "quiet"} <= options.keys()


def test_the_version_is_told(tmp_path: Path, ordbro: Run) -> None:
    """`ordbro --version` is for bug reports."""
    assert re.fullmatch(r"ordbro, version \d+\.\d+\.\d+\n", ordbro("--version", cwd=tmp_path).out)
