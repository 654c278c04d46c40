"""Adopting a translated page that exists already: its blocks are aligned with those of the English article.

`pieces` says what is known of a block, `evidence` how well two blocks answer each other, `align` pairs the blocks of
two pages and `fill` puts translations into a catalogue (pure functions all); `page` reads a translated page, and
`adopt` goes from files to files.
"""

from workflow.adoption.adopt import Adopted, adopt

__all__ = ["Adopted", "adopt"]
