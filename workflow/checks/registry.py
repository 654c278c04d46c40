"""All checks, in the order in which they look at a message."""

from __future__ import annotations

from workflow.checks import conflicts, details, glossary, interface, markup, publishing
from workflow.checks.unit import Check

CHECKS: dict[str, Check] = {
    "markup": markup.unusable,
    "lost-markup": markup.lost_marks,
    "block": markup.stray_blocks,
    "placeholders": interface.placeholders,
    "numbers": details.numbers,
    "spaces": details.spaces,
    "end-mark": details.end_mark,
    "same": details.same,
    "conflict": conflicts.conflict,
    "glossary": glossary.terms,
    "address": publishing.address,
    "plural": details.plural,
    publishing.NOT_SHOWN: publishing.not_shown,
}
"""Id of each check → the check."""

ON_STALE = frozenset(("conflict", publishing.NOT_SHOWN))
"""Those that have something to say of a translation whose source was edited since."""

ON_INCOMPLETE = frozenset(("plural",))
"""Those that have something to say of a translation that lacks a plural form."""
