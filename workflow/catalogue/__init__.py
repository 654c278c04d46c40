"""Catalogues of messages: reading and writing gettext files byte for byte, and merging.

`po` reads and writes (`parse`, `read`, `new_catalogue`, `Catalogue`), `merge` brings an article's current texts
into a catalogue; the other modules are their parts.
"""

from workflow.catalogue.matching import Pool
from workflow.catalogue.merge import Merged, leaving, merge, update_template
from workflow.catalogue.po import Catalogue, new_catalogue, parse, read

__all__ = [
    "Catalogue",
    "Merged",
    "Pool",
    "leaving",
    "merge",
    "new_catalogue",
    "parse",
    "read",
    "update_template",
]
