"""The feature's routes."""

ROUTES: list = []
