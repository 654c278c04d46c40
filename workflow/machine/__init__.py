"""Machine translation on the user's own computer: engines, models, and the way from a text to a draft."""
