"""Review: everything that a person should look at before residents do.

Each check is a small function in a module of its own; `registry.CHECKS` lists them in order.
"""

from workflow.checks.review import check_project

__all__ = ["check_project"]
