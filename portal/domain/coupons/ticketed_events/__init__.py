"""Ticketed events with their price levels, bundles of them, and the listings that sell them."""
