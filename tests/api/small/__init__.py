"""A small wire family of the tests' own: what it says of itself in `family.py` is all that the portal knows of it."""
