"""The operator's commands: `flask --app portal …`."""

from flask import Flask


def install(app: Flask) -> None:
    """Register the commands."""
