"""The graph: one thing with what it comes from and what it leads to, over JSON and on the pages of things."""
