"""What a merge in git leaves to people."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.catalogue.sides import conflicting
from workflow.checks.unit import Remark, Unit
from workflow.finding import Severity


def conflict(unit: Unit) -> Iterator[Remark]:
    """Two translations of one message, from the two sides of a merge."""
    if conflicting(unit.message):
        yield Remark(
            Severity.WARNING,
            "both sides of a merge translated this; compare both texts, keep one, delete the comment "
            '"ordbro: conflict …", approve',
        )
