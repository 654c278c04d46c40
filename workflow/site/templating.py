"""The page templates and the interface strings: a page view becomes HTML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup, escape

from workflow import interface, languages
from workflow.errors import TemplateError
from workflow.message import Key, Message
from workflow.site.views import PageView, Text


def make_environment(
    folder: Path, locale: str, messages: Mapping[Key, Message], cache: Path | None = None
) -> Environment:
    """The environment of one language; `messages` are the interface strings that may be shown.

    `cache` is a folder for compiled templates.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=list(interface.EXTENSIONS),
        keep_trailing_newline=True,
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
    )
    environment.policies["ext.i18n.trimmed"] = True
    spoken = _Words(locale, messages)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        spoken.gettext, spoken.ngettext, newstyle=True, pgettext=spoken.pgettext, npgettext=spoken.npgettext
    )
    environment.filters["long_date"] = lambda day: _long_date(day, locale)
    environment.globals.update(lang_attr=partial(lang_attr, languages.direction(locale)), urljoin=urljoin)
    return environment


def render_page(environment: Environment, page: PageView) -> str:
    """The HTML of a page; raises TemplateError with the template's line."""
    name = f"{page.kind}.html"
    try:
        return environment.get_template(name).render(page=page)
    except TemplateNotFound as error:
        raise TemplateError(
            f"templates/{error.name} is missing", advice="put it back (ordbro init shows what belongs there)"
        ) from error
    except (JinjaError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        path, line = _place(error, name)
        raise TemplateError(f"fails: {error}", path=path, line=line, advice="mend the template") from error


def words(environment: Environment, text: str) -> str:
    """A string of the templates in the environment's language, as plain text."""
    html = environment.from_string("{{ _(text) }}").render(text=text)
    return Markup(html).unescape()  # noqa: S704 (gettext gives HTML)


def lang_attr(page_direction: str, text: Text) -> Markup:
    """` lang="en"` for a text that is not in the page's language, with its direction where that differs, else nothing.

    `page_direction` is that of the page: `ltr` or `rtl`.
    """
    if not text.lang:
        return Markup("")
    own = languages.direction(text.lang.replace("-", "_"))
    return Markup(' lang="{}"').format(text.lang) + (Markup(' dir="{}"').format(own) if own != page_direction else "")


class _Words:
    """gettext's functions over the messages of a catalogue; a string without translation stays as it is.

    What they give is HTML: Jinja2 takes the result of gettext for safe, so translations are escaped here.
    """

    def __init__(self, locale: str, messages: Mapping[Key, Message]) -> None:
        self._messages = {key: message for key, message in messages.items() if interface.usable_words(message)}
        self._plural = languages.plural_rule(locale)

    def gettext(self, text: str) -> str:
        return self._single(None, text)

    def pgettext(self, context: str, text: str) -> str:
        return self._single(context, text)

    def ngettext(self, text: str, plural: str, number: int) -> str:
        return self._several(None, text, plural, number)

    def npgettext(self, context: str, text: str, plural: str, number: int) -> str:
        return self._several(context, text, plural, number)

    def _single(self, context: str | None, text: str) -> str:
        message = self._messages.get((context, text))
        return str(escape(message.texts[0] if message else text))

    def _several(self, context: str | None, text: str, plural: str, number: int) -> str:
        message = self._messages.get((context, text))
        if message is None:
            return str(escape(text if number == 1 else plural))
        return str(escape(message.texts[min(self._plural(number), len(message.texts) - 1)]))


def _long_date(day: object, locale: str) -> str:
    if not isinstance(day, date):
        problem = f"long_date needs a date, not {day!r}"
        raise TypeError(problem)  # Babel would write today's
    return languages.long_date(day, locale)


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """The template and line in which an error arose."""
    if isinstance(error, TemplateSyntaxError):
        return f"templates/{error.name or name}", error.lineno
    trace, place = error.__traceback__, (f"templates/{name}", None)
    while trace is not None:
        _, inside, file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/templates/")
        if inside and file.endswith(".html"):
            place = (f"templates/{file}", trace.tb_lineno)  # type: ignore[assignment]
        trace = trace.tb_next
    return place
