"""The commands around the translation memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from workflow import languages
from workflow.catalogue.places import load_shelf, po_names
from workflow.cli.options import Group, chosen
from workflow.cli.terminal import Session, plural, print_data
from workflow.config import Project
from workflow.files import write_parts
from workflow.memory import LEAST, Match, Memory, export, import_file, near, translations
from workflow.memory.unit import Unit
from workflow.message import State

_file = click.Path(path_type=Path, dir_okay=False)
_locale = click.option(
    "--locale", metavar="LOCALE", help="The language of the translations, such as sv. [default: the project's only one]"
)


@click.group(cls=Group)
def memory() -> None:
    """What was translated before: look it up, bring it in, take it along.

    The memory holds every reviewed translation of this project and the files that you import.
    "ordbro translate" takes over the translation of a text that is there already, word for word;
    near matches are shown to people only. Imported files are kept in locales/sv/memory/.

    \b
    Examples:
      ordbro memory lookup "Your first visit to the clinic"
      ordbro memory import ~/Downloads/agency.tmx
      ordbro memory export our-translations.tmx
    """


@memory.command("import")
@click.argument("file", type=_file)
@_locale
@click.option("--name", default="", metavar="NAME", help="What to call the import. [default: the file's name]")
@click.option("--replace", "overwrite", is_flag=True, help="Replace an earlier import of the same name.")
@click.pass_obj
def import_memory(session: Session, file: Path, locale: str | None, name: str, overwrite: bool) -> None:
    """Take in the translations of another program or project.

    FILE is a TMX file, which Trados, memoQ, OmegaT, Weblate and others can export, or a .po file,
    of which the finished translations are taken. It is kept as locales/sv/memory/NAME.tmx:
    commit that file, and your colleagues have it too. A file with a mistake in it is refused
    with the line, and nothing is taken in.

    \b
    Examples:
      ordbro memory import agency.tmx
      ordbro memory import old-site.po --name old-site --locale sv
      ordbro memory import agency.tmx --replace      (a newer version of the same file)

    Exit status: 0, or 1 if the file cannot be used.
    """
    project = session.project()
    target = _chosen(project, locale)
    progress = partial(_progress, session, "Importing")
    done = import_file(project, target, file, name=name, overwrite=overwrite, progress=progress)
    with _open(session, project, target):
        pass  # so that the first lookup need not wait
    shown = project.shown(done.path)
    if done.changed:
        session.say(f"{shown}: {plural(done.units, 'translation')} taken in")
    else:
        session.say(f"{shown} had all of this already: {plural(done.units, 'translation')}")
    if done.skipped:
        session.say(f"{plural(done.skipped, 'unit')} left out: unfinished, or without {_names(project, target)}")
    if _has_drafts(project, target):
        session.say("to replace machine drafts by these: ordbro translate --redo")


def _has_drafts(project: Project, locale: str) -> bool:
    """Whether a machine has drafted anything in a locale yet."""
    shelf = load_shelf(project, locale, po_names(project, locale))
    return any(message.state is State.MACHINE for each in shelf.catalogues.values() for message in each.live)


@memory.command("export")
@click.argument("file", type=_file, required=False)
@_locale
@click.pass_obj
def export_memory(session: Session, file: Path | None, locale: str | None) -> None:
    """Write the whole memory as a TMX file, for other programs.

    Without FILE it goes to the standard output.

    \b
    Examples:
      ordbro memory export our-translations.tmx
      ordbro memory export --locale sv > sv.tmx

    Exit status: 0, or 1 if a file of the project could not be read and its translations are missing.
    """
    project = session.project()
    with _open(session, project, _chosen(project, locale)) as opened:
        if file is None:
            for part in export(opened):
                click.echo(part, nl=False)
        else:
            write_parts(file, export(opened))
            session.say(f"wrote {file}")
        raise SystemExit(bool(opened.findings))


@memory.command("lookup")
@click.argument("text")
@_locale
@click.option(
    "--least",
    type=click.IntRange(1, 100),
    default=LEAST,
    show_default=True,
    metavar="PERCENT",
    help="How alike a text must be to be shown.",
)
@click.option(
    "--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="At most so many of each kind."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines to read, or JSON for scripts.",
)
@click.pass_obj
def lookup_memory(session: Session, text: str, locale: str | None, least: int, limit: int, form: str) -> None:
    """Show how a text, or one that is like it, was translated before.

    First the very text, where only spaces and the shape of quotes may differ, then texts that are
    at least 75 % alike, with the words that differ. Where each comes from stands above it.

    \b
    Examples:
      ordbro memory lookup "Each patient has a contact nurse."
      ordbro memory lookup "Opening hours" --locale sv --format json
    """
    project = session.project()
    target = _chosen(project, locale)
    with _open(session, project, target) as opened:
        found = [Match(unit, 100) for unit in translations(opened, text)[:limit]] + near(opened, text, least, limit)
    if form == "json":
        print_data(json.dumps([_as_json(each) for each in found], ensure_ascii=False, indent=1))
        return
    for each in found:
        _print(project, target, each)
    if not found:
        session.say(f"nothing in the memory is like this text (at least {least} %)")


def _chosen(project: Project, locale: str | None) -> str:
    """The locale that is meant; raises UsageError when there are several and none is named."""
    names = chosen(project, (locale,) if locale else ())
    if len(names) != 1:
        raise click.UsageError(f"say which language is meant: --locale {' or --locale '.join(names)}")
    return names[0]


def _open(session: Session, project: Project, locale: str) -> Memory:
    """The memory; tells which files it is without."""
    opened = Memory(project, locale, partial(_progress, session, "Reading the memory"))
    for each in opened.findings:
        click.echo(str(each), err=True)
    return opened


@contextmanager
def _progress(session: Session, title: str, size: int) -> Iterator[Callable[[int], None]]:
    """A progress bar that counts kB and is told of bytes."""
    with session.progress(f"{title} (kB)", size >> 10) as advance:
        rest = 0

        def read(size: int) -> None:
            nonlocal rest
            advance((rest + size) >> 10)
            rest = (rest + size) & 1023

        yield read


def _names(project: Project, locale: str) -> str:
    return " or ".join(languages.display_name(each, "en") for each in (project.source, locale))


def _print(project: Project, locale: str, match: Match) -> None:
    unit, exactly = match.unit, match.score == 100
    click.echo(
        f"{match.score} % · {unit.kind} · {unit.origin}" if not exactly else f"exact · {unit.kind} · {unit.origin}"
    )
    for name, text in ((project.source, unit.source), (locale, unit.target)):
        click.echo(f"  {languages.tag(name)}  {' '.join(text.split())}")
    for each in match.differences:
        click.echo(f"  differs: {_quoted(each.here)} in your text, {_quoted(each.there)} there")
    for note in unit.details.notes:
        click.echo(f"  note: {' '.join(note.split())}")


def _quoted(text: str) -> str:
    return f'"{text}"' if text else "nothing"


def _as_json(match: Match) -> dict[str, object]:
    unit: Unit = match.unit
    return {
        "score": match.score,
        "source": unit.source,
        "target": unit.target,
        "kind": unit.kind,
        "origin": unit.origin,
        "differences": [asdict(each) for each in match.differences],
        "notes": unit.details.notes,
    }
