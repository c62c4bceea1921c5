"""Batches: many unique codes made in the background."""
