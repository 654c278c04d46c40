"""The command line: the only place that prints or exits."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; see `workflow.cli.program`."""
    try:
        from workflow.cli.program import main as run
    except KeyboardInterrupt:  # while the modules are loaded
        sys.stderr.write("ordbro: stopped\n")
        raise SystemExit(1) from None
    run()
