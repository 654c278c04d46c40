"""The translation memory: what people approved before, in this project and in files that were imported.

    with Memory(project, "sv") as memory:
        unit = exact(memory, "Opening hours")
        matches = near(memory, "The opening hours in summer")

`sources` says what it is made from, `store` keeps it in SQLite, `lookup` asks it, `transfer` imports and exports.
"""

from workflow.memory.lookup import LEAST, exact, exact_many, near, translations
from workflow.memory.store import Memory
from workflow.memory.transfer import Imported, export, import_file
from workflow.memory.unit import Details, Difference, Kind, Match, Unit

__all__ = [
    "LEAST",
    "Details",
    "Difference",
    "Imported",
    "Kind",
    "Match",
    "Memory",
    "Unit",
    "exact",
    "exact_many",
    "export",
    "import_file",
    "near",
    "translations",
]
