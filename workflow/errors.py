"""What stops the work: one class of error, which knows nothing of the command line."""

from __future__ import annotations

from pathlib import Path


class OrdbroError(Exception):
    """Something that a person has to mend before the work can go on.

    `str(error)` is one line: `path:line: what is wrong; what to do`.
    """

    def __init__(self, problem: str, *, path: Path | str | None = None, line: int | None = None, advice: str = ""):
        super().__init__(problem)
        self.problem = problem
        """What is wrong, quoting the bad value; no full stop."""
        self.path = path
        """The file at fault, as it should be shown, or None."""
        self.line = line
        """Line in `path`, from 1, or None."""
        self.advice = advice
        """What to do about it; no full stop."""

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return place + self.problem + (f"; {self.advice}" if self.advice else "")


class ConfigError(OrdbroError):
    """The project's configuration is missing or wrong."""


class ArticleError(OrdbroError):
    """An article cannot be read."""


class CatalogueError(OrdbroError):
    """A catalogue (`.po`, `.pot`) cannot be read."""


class MemoryFileError(OrdbroError):
    """A file of the translation memory cannot be read."""


class GlossaryError(OrdbroError):
    """A glossary cannot be read."""


class ModelError(OrdbroError):
    """A translation model is missing, broken or of the wrong languages."""


class EngineError(OrdbroError):
    """A translation engine failed."""


class TemplateError(OrdbroError):
    """A page template is broken."""


class OutputError(OrdbroError):
    """A result cannot be written."""
