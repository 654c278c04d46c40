"""Translating: every empty message gets the reviewed text of an equal one, or a machine's draft.

The catalogues are written after each batch, so that an interruption loses one batch at most.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

from workflow import filling, languages
from workflow import settings as reading
from workflow.article import Article
from workflow.catalogue.places import load_shelf
from workflow.config import Project
from workflow.errors import ConfigError, EngineError, GlossaryError, ModelError, OrdbroError, OutputError
from workflow.finding import Finding, Severity, from_error
from workflow.glossary import load_glossary
from workflow.interface import NAME as INTERFACE
from workflow.interface import placeholder_names, usable_words
from workflow.library import Library, select
from workflow.machine.cache import Cache
from workflow.machine.drafts import Draft, Unit, draft
from workflow.machine.engine import Engine, load_engine
from workflow.machine.texts import Syntax
from workflow.memory import Memory, exact_many
from workflow.message import Key, Message, State
from workflow.publication import localised_slug
from workflow.segmentation import SLUG, Segment, parse_document, segments
from workflow.worktable import Place, Translated, Worktable

__all__ = ["Translated", "translate_locale"]

Progress = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Given how many texts there are to do: the progress bar, which is told of each batch."""

SYNTAX = {"inline": Syntax.MARKDOWN, "html": Syntax.HTML}
"""How the texts of a role are written; those of other roles are plain words."""

BATCH = 200
"""Texts that are written together; twice as many are translated together, which keeps all cores busy."""

_DIGEST = " text="
Roles = dict[str, dict[Key, Segment]]


def translate_locale(
    project: Project,
    library: Library,
    locale: str,
    engine_name: str | None,
    only: tuple[str, ...],
    redo: bool,
    progress: Progress,
) -> Translated:
    """Fill the empty messages of a locale; with `redo` also those that hold an untouched machine draft.

    An engine that fails, or for which there is no model, is a finding; what it made before is kept.
    Raises OutputError.
    """
    shelf = load_shelf(project, locale, (INTERFACE, *(each.name for each in library.articles)))
    table = Worktable(project, shelf)
    chosen = list(select(library, only))
    names = [each.name for each in chosen] + ([INTERFACE] if not only or INTERFACE in only else [])
    table.result.missing = sum(each.name not in shelf.catalogues and each.name not in shelf.broken for each in chosen)
    wanted = {*names} if only else shelf.broken
    table.result.findings += [each for each in shelf.findings if _name(project, locale, each.path) in wanted]
    roles = _roles(chosen, {name for name, _ in _open_messages(table, names, redo)})
    _hand_over(table, names)
    _remember(table, names, redo, roles)
    table.save()
    units = [unit for name, message in _open_messages(table, names, redo) for unit in _units(name, message, roles)]
    if units:
        try:
            _draft(table, units, roles, engine_name or project.engine, progress)
        except (EngineError, ModelError, ConfigError, GlossaryError) as error:
            table.result.findings.append(_failure(project, locale, error))
            table.result.left = len(units) - table.result.drafted
    _name_addresses(table, library, chosen)
    table.save()
    return table.result


def _name(project: Project, locale: str, shown: str) -> str:
    """The name of the catalogue in a file, as messages name it."""
    folder = project.shown(project.catalogues(locale))
    return shown.removeprefix(f"{folder}/").removesuffix(".po")


def _roles(articles: Iterable[Article], names: Container[str]) -> Roles:
    """The segments of the articles of those names by their messages."""
    return {
        each.name: {segment.key: segment for segment in segments(parse_document(each))}
        for each in articles
        if each.name in names
    }


def _failure(project: Project, locale: str, error: OrdbroError) -> Finding:
    """What is told when there is no engine: the setting that asks for the locale is the place to look at."""
    kinds = {EngineError: "engine", GlossaryError: "glossary"}
    found = from_error(error, kinds.get(type(error), "model"), locale)
    path, line = found.path and project.shown(Path(found.path)), found.line
    if not path:
        path, line = reading.FILE, reading.read(project.root / reading.FILE).line("locales") or 0
    return Finding(path, line, Severity.ERROR, found.check, found.message, locale)


def _hand_over(table: Worktable, names: Iterable[str]) -> None:
    """Take our comment off the texts that people have approved or changed since a machine wrote them."""
    for name in names:
        catalogue = table.shelf.catalogues.get(name)
        for message in catalogue.live if catalogue else ():
            if message.outgrown:
                table.put(name, message.key, message.owned())


def _remember(table: Worktable, names: Iterable[str], redo: bool, roles: Roles) -> None:
    """Take over the translations of equal texts: reviewed ones of all articles, then imported ones."""
    waiting = [each for each in _open_messages(table, names, redo) if each[0] != INTERFACE]
    if not waiting:
        return
    with Memory(table.project, table.shelf.locale) as memory:
        known = exact_many(memory, (text for _, message in waiting for text in _sources(message)))
    for name, message in waiting:
        units = [known[text] for text in _sources(message) if text in known]
        if len(units) != len(message.texts):
            continue  # a text is not known, or the language has more forms than the memory
        made = message.drafted(tuple(unit.target for unit in units), f"memory {units[0].origin}")
        if not _problem(made, name, roles.get(name, {}).get(message.key)):
            table.result.remembered += 1
            table.put(name, message.key, made)


def _sources(message: Message) -> list[str]:
    return [text for text in (message.msgid, message.msgid_plural) if text is not None]


def _open_messages(table: Worktable, names: Iterable[str], redo: bool) -> Iterator[tuple[str, Message]]:
    """The messages that wait for a text, with the names of their catalogues."""
    for name in names:
        catalogue = table.shelf.catalogues.get(name)
        for message in catalogue.messages if catalogue else ():
            wanted = not any(message.texts) or (redo and _untouched_draft(message))
            if wanted and not message.obsolete and message.msgctxt != SLUG:
                yield name, message


def _untouched_draft(message: Message) -> bool:
    """Whether it can be told for sure that a machine wrote the text and nobody has changed a word of it."""
    origin = message.origin or ""
    return message.state is State.MACHINE and origin.startswith("machine") and _DIGEST in origin


def _units(name: str, message: Message, roles: Roles) -> Iterator[tuple[Place, Unit]]:
    """The texts of a message, one for each form."""
    segment = roles.get(name, {}).get(message.key)
    syntax = SYNTAX.get(segment.role, Syntax.PLAIN) if segment else Syntax.PLAIN
    kind = "interface" if name == INTERFACE else message.extracted[0] if message.extracted else "paragraph"
    for form, text in enumerate(filter(None, (message.msgid, message.msgid_plural))):
        yield Place(name, message.key, form), Unit(f"{name}:{message.key}:{form}", text, kind, syntax)


def _draft(
    table: Worktable, units: list[tuple[Place, Unit]], roles: Roles, engine_name: str, progress: Progress
) -> None:
    locale = table.shelf.locale
    terms = {entry.source: entry.target for entry in load_glossary(table.project, locale).entries}
    engine = load_engine(engine_name, table.project, locale)
    table.result.engine = engine.label
    table.result.beginner = bool(getattr(getattr(engine, "model", None), "starter", False))
    with _cache(table.project) as cache, progress(len(units)) as advance:
        drafts = draft((unit for _, unit in units), engine, cache, target=locale, batch=2 * BATCH, terms=terms)
        with closing(drafts):  # type: ignore[type-var]
            try:
                for count, ((place, _), made) in enumerate(zip(units, drafts, strict=True), 1):
                    forms = table.take(place, made)
                    if forms:
                        _finish(table, place, forms, roles.get(place.name, {}).get(place.key), engine)
                    if count % BATCH == 0:
                        table.save()
                    advance(1)
            finally:
                table.save()


def _cache(project: Project) -> AbstractContextManager[Cache | None]:
    """The cache; none where its folder cannot be written, for it only saves time."""
    try:
        return Cache(project.build / "cache")
    except OutputError:
        return nullcontext()


def _finish(table: Worktable, place: Place, drafts: list[Draft], segment: Segment | None, engine: Engine) -> None:
    """Put a message's drafts into it, if they can be used."""
    message = table.message(place)
    texts = [each.text for each in drafts]
    wanted = (texts[0],) if message.msgid_plural is None else (texts[0], *texts[1:] * (len(message.plural) - 1))
    confidence = min(each.confidence for each in drafts)
    made = message.drafted(wanted, f"machine {engine.label} confidence={confidence:.2f}")
    problem = _problem(made, place.name, segment)
    if problem:
        table.result.left += 1
        table.note(place, f"no draft: {problem}; translate it by hand", Severity.WARNING)
        return
    for text in dict.fromkeys(finding for each in drafts for finding in each.findings):
        table.note(place, f"compare with the English: {text}", Severity.INFO)
    table.result.drafted += 1
    table.result.changed += message.translated and message.texts != wanted
    table.put(place.name, place.key, made)


def _problem(made: Message, name: str, segment: Segment | None) -> str:
    """Why a draft cannot be used; empty if it can."""
    if not all(text.strip() for text in made.texts):
        return "the machine made no sense of the text"
    if segment is not None:
        found = filling.usable(segment, made.texts[0])
        return f"the machine's text {found[0]}" if found else ""
    lost = placeholder_names(made.msgid, made.msgid_plural or "") - placeholder_names(*made.texts)
    if name == INTERFACE and (lost or not usable_words(made)):
        return "the machine's text lost a placeholder"
    return ""


def _name_addresses(table: Worktable, library: Library, articles: Iterable[Article]) -> None:
    """Make an address of the translated title where there is none yet; from then on it is the translator's."""
    owners = {(_folder(each), localised_slug(table.shelf, each)): each.path for each in library.articles}
    for article in articles:
        catalogue = table.shelf.catalogues.get(article.name)
        title = catalogue.get((None, article.title.strip())) if catalogue else None
        message = catalogue.get((SLUG, article.slug)) if catalogue else None
        if title is None or message is None or message.obsolete or message.msgstr:
            continue
        words = languages.ascii_words(title.msgstr) if title.state in (State.MACHINE, State.REVIEWED) else ""
        if words:
            words = _free(words, lambda each: owners.get((_folder(article), each), article.path) != article.path)  # noqa: B023
            owners[_folder(article), words] = article.path
            table.put(article.name, message.key, message.drafted((words,), "machine from the title"))


def _folder(article: Article) -> str:
    """The folder in which an article's slug must be its own."""
    parent = Path(article.path).parent
    return str(parent.parent if article.is_index else parent)


def _free(words: str, taken: Callable[[str], bool]) -> str:
    """The words, with a number behind them if somebody has them already."""
    found, number = words, 1
    while taken(found):
        number += 1
        found = f"{words}-{number}"
    return found
