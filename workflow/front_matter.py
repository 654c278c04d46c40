"""The YAML above an article, and what is wrong with it in the words of somebody who does not know YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from workflow.errors import ArticleError

_KEY = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]+|$)")
_NO_SPACE = re.compile(r"([\w-]+):(?!//)(\S.*)")
_STARTS = "@`%*&!{"
_CLOSING = {"[": "]", "{": "}"}

Fault = tuple[int, str, str]
"""The line within the front matter, from 0; what is wrong; what to do."""


class _Loader(yaml.CSafeLoader):
    """The usual reader, which tells where a date is that no calendar has."""

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        """A day or a time of a day."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise _DateError(node.start_mark.line, str(node.value)) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


class _DateError(Exception):
    """A date that there is not."""


def read_front_matter(source: str, shown: str) -> tuple[dict[str, Any], yaml.MappingNode | None]:
    """The values and the nodes of the YAML above an article; raises ArticleError with the line at fault."""
    loader = _Loader(source)
    try:
        node = loader.get_single_node()
        meta = loader.construct_document(node) if node else {}
    except _DateError as error:
        line, value = error.args
        raise _error(shown, (line, f"there is no date {value}", "write a date as 2024-03-20")) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _error(shown, _fault(source, error)) from error
    finally:
        loader.dispose()
    if not isinstance(meta, dict) or not isinstance(node, yaml.MappingNode | None):
        plain = (0, "it is no list of keys and values", "write it as lines of the form key: value")
        raise _error(shown, next(_faults(source.splitlines()), plain))
    return meta, node


def unclosed(text: str, shown: str) -> ArticleError:
    """The error for an article whose front matter has a beginning and no end."""
    lines = text.splitlines()
    place = 1
    while place < len(lines) and (_KEY.match(lines[place]) or re.match(r"[ \t]*(?:[-#]|$)|[ \t]+\S", lines[place])):
        if not lines[place].strip() or lines[place].startswith("----"):
            break
        place += 1
    return _error(shown, (place - 1, "it is not closed", "put a line --- between it and the text"))


def _error(shown: str, fault: Fault) -> ArticleError:
    line, problem, advice = fault
    return ArticleError(f"front matter: {problem}", path=shown, line=line + 2, advice=advice)


def _fault(source: str, error: Exception) -> Fault:
    """What is wrong, by the first line up to the one at which the reader gave up that looks wrong."""
    mark = getattr(error, "problem_mark", None)
    last = mark.line if mark else 0
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    usual = (last, f"is not valid YAML: {problem}", "put texts that hold a colon or quotes between quotation marks")
    return next((each for each in _faults(source.splitlines()) if each[0] <= last), usual)


def _faults(lines: list[str]) -> Iterator[Fault]:
    """The lines that look wrong to a person."""
    blank = False
    for number, line in enumerate(lines):
        blank |= not line.strip()
        found = _line_fault(line, blank)
        if found:
            yield number, *found


def _line_fault(line: str, blank: bool) -> tuple[str, str] | None:
    """What is wrong with a line and what to do; `blank` says whether an empty line stands above it."""
    if re.match(r" *(?:- *)?\t+\S", line):
        return "the line begins with a tab", "write spaces in its place"
    if not line.strip() or line[0] in " #-]}":
        return None
    key = _KEY.match(line)
    if key:
        return _value_fault(key[1], line[key.end() :].strip())
    near = _NO_SPACE.match(line)
    if near:
        return f"there is no space after {near[1]}:", f"write {near[1]}: {_short(near[2])}"
    if blank:
        return "it is not closed", "put a line --- between it and the text"
    name = line.split()[0]
    return f"there is no colon in the line {_short(line)!r}", f"write it as key: value (such as {name}: …)"


def _value_fault(key: str, value: str) -> tuple[str, str] | None:
    first = value[:1]
    if first in ('"', "'") and first:
        if value.count(first) == 1:
            return f"the text after {key}: has no quotation mark at its end", f"put {first} there"
        if not re.fullmatch(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')\s*(?:#.*)?", value):
            return f"the text after {key}: goes on behind its quotation mark", _quoting(key, value)
    elif first in _CLOSING and first and _CLOSING[first] not in value:
        return f"the bracket {first} after {key}: is not closed", f"put {_CLOSING[first]} behind the last word"
    elif re.search(r":(?:\s|$)", value) and first not in "[{|>#":
        return f"the text after {key}: holds a colon", _quoting(key, value)
    elif first and (first in _STARTS):
        return f"the text after {key}: begins with {first}", _quoting(key, value)
    return None


def _quoting(key: str, value: str) -> str:
    mark = "'" if '"' in value else '"'
    return f"put it between quotation marks: {key}: {mark}{_short(value)}{mark}"


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"
