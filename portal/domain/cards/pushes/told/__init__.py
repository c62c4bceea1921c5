"""Pushes as people look at them: listed, in a card's inbox, and why one did not arrive."""
