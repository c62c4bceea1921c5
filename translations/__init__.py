"""The catalogs of sentences, and what makes them from the code: `make catalogs`."""
