"""From articles and messages to the pages that residents read."""
