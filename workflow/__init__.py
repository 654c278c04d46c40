"""Ordbro: English articles in, reviewed gettext catalogues between, one static site per locale out.

The modules form a line: read → segment → catalogue → translate → review → render → publish.
Imports point backwards along it.
"""

__version__ = "0.1.0"
