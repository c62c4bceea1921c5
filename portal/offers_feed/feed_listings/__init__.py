"""How a partner lists offers in the feed."""
