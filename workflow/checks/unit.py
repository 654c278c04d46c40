"""What a check gets to see, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflow.finding import Severity
from workflow.glossary import EMPTY, Glossary
from workflow.message import Message
from workflow.publication import Policy
from workflow.segmentation import Segment


@dataclass(frozen=True, slots=True)
class Unit:
    """A message that has a translation, with what is known of its place."""

    message: Message
    segment: Segment
    """The segment it translates; for a string of the templates one of role `interface`."""
    policy: Policy
    """Which translations residents see."""
    terms: Glossary = EMPTY
    """The glossary of the locale."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check has to say of a unit."""

    severity: Severity
    text: str
    """What is wrong and what to do, in one line."""


Check = Callable[[Unit], Iterator[Remark]]
"""Looks at one unit. Findings are named after its id in the registry; its docstring's first line is its title."""
