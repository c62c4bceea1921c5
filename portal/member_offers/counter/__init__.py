"""Member offers at the counter."""
