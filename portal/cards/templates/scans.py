"""The code to scan of the address by which people get a card: for whoever has that address already."""

from flask import Response, current_app

from portal.cards import links
from portal.domain.cards.asking import asking
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web import qr


def install(key: str):
    """Black on white with its quiet zone, lines for paper of any size."""
    template = asking.template_of(key)
    if template is None:
        raise NotFound(say("template"))
    response = Response(qr.picture(links.template(current_app.config["SETTINGS"].public_url, template.key)))
    response.content_type = "image/svg+xml"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
