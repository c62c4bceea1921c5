"""The code to scan of the address by which people get a card: for whoever has that address already."""

from flask import Response, current_app

from portal.cards import links, qr
from portal.domain.cards.templates import templates


def install(key: str):
    """Black on white with its quiet zone, lines for paper of any size."""
    template = templates.of_key(key)
    response = Response(qr.picture(links.template(current_app.config["SETTINGS"].public_url, template.key)))
    response.content_type = "image/svg+xml"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
