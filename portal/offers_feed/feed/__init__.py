"""What the offers feed answers."""
