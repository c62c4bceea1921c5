"""The benchmark: one command, a table per engine, ratios to a Flask hello world within one run."""
