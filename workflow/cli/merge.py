"""The command that git calls to merge catalogues."""

from __future__ import annotations

from pathlib import Path

import click

from workflow import git
from workflow.catalogue.po import read
from workflow.catalogue.threeway import reconcile
from workflow.cli.options import Command
from workflow.cli.terminal import Session, plural
from workflow.files import write_atomic

_file = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=Command)
@click.argument("base", required=False, type=_file)
@click.argument("ours", required=False, type=_file)
@click.argument("theirs", required=False, type=_file)
@click.option("--set-up", "only_set_up", is_flag=True, help="Have git call this command in the clone you are in.")
@click.pass_obj
def merge(session: Session, base: Path | None, ours: Path | None, theirs: Path | None, only_set_up: bool) -> None:
    """Merge two versions of a catalogue for git.

    git calls it with three files: the common ancestor, ours and theirs; the result goes into OURS.
    Changes to different messages never conflict. Where both sides changed one translation, ours
    stays, marked fuzzy, and theirs is kept in a comment that begins "ordbro: conflict"; ordbro
    check names such messages. A file that cannot be read is left alone, and git reports the conflict.

    \b
    Once in each clone:
      ordbro merge --set-up
    which is the same as lines "*.po merge=ordbro" and "*.pot merge=ordbro" in .gitattributes and
      git config merge.ordbro.driver "ordbro merge %O %A %B"

    Exit status: 0, or 1 if one of the files cannot be read.
    """
    if only_set_up:
        if base is not None:
            raise click.UsageError("--set-up takes no files")
        _set_up(session)
    elif base is None or ours is None or theirs is None:
        raise click.UsageError("Name three files: BASE OURS THEIRS (or say --set-up)")
    else:
        _merge(session, base, ours, theirs)


def _merge(session: Session, base: Path, ours: Path, theirs: Path) -> None:
    merged = reconcile(*(read(path, path.as_posix()) for path in (base, ours, theirs)))
    write_atomic(ours, merged.catalogue.to_bytes())
    for message in merged.conflicts:
        start = message.msgid if len(message.msgid) <= 60 else message.msgid[:59].rstrip() + "…"
        session.say(f"ordbro: both sides translated {start!r}; ours stays, theirs is in a comment")
    if merged.conflicts:
        session.say(f"ordbro: {plural(len(merged.conflicts), 'message')} to compare; ordbro check names them")


def _set_up(session: Session) -> None:
    done = git.set_up(session.folder or Path.cwd())
    session.say(f"git merges catalogues in {done.top} with: {done.driver}")
    if done.attributes is not None:
        session.say(f"added to {done.attributes.name}, which you should commit: *.po and *.pot merge=ordbro")
