"""All checks, in the order in which they look at a message."""

from __future__ import annotations

from workflow.checks import details, interface, markup, publishing
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
    "address": publishing.address,
    "not-shown": publishing.not_shown,
}
"""Id of each check → the check."""
