"""How the things of a partner hang together: where each comes from, and where it leads."""
