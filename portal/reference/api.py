"""The OpenAPI description, made from the routes' tables."""

from flask import current_app

from portal.api.description import describe


def openapi() -> dict:
    """Every endpoint of the API: who may call it, what it takes and what it answers."""
    kept = current_app.extensions
    if "description" not in kept:
        kept["description"] = describe(kept["routes"], current_app.config["SETTINGS"].public_url)
    return kept["description"]
