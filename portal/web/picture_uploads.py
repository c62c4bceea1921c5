"""Pictures that forms bring: made small, kept, and known by the address that they get here."""

from typing import NamedTuple

from flask import Flask, current_app, g, url_for
from werkzeug.datastructures import FileStorage

from portal.delivery.errors import PictureRefused
from portal.delivery.pictures import MAX_BYTES, reencode, smaller
from portal.domain.errors import Refused
from portal.domain.pictures import album, shelf
from portal.domain.pictures.tables import Picture
from portal.domain.sentences import say
from portal.server.limits import Policy

# A large one costs half a second of a process that serves others too.
UPLOADS = Policy("pictures", 20, 60)

_SIZES = {"base": 640, "thumbnail": 160}  # pixels of the longer edge


class Sized(NamedTuple):
    """A picture in one of its sizes."""

    size: str
    url: str
    width: int
    height: int


def keep(file: FileStorage) -> Picture:
    """The picture, as the acting partner's. Raises Refused for what is no picture, is too large, or for too many in a minute."""
    verdict = current_app.extensions["limiter"].take(f"pictures:{g.person.user_id}", UPLOADS)
    if not verdict.allowed:
        seconds = verdict.seconds
        raise Refused(
            say("That were many pictures within a minute. Send the next one in {seconds} seconds.", seconds=seconds)
        )
    try:
        small = reencode(file.stream.read(MAX_BYTES + 1))
    except PictureRefused as refused:
        raise Refused(str(refused)) from None
    return album.keep_upload(g.partner.id, small.body, small.content_type, small.width, small.height, address)


def in_sizes(url: str) -> list[Sized]:
    """A picture of the acting partner's that is here, as it is and smaller; nothing where it is not."""
    found = album.of_url(g.partner.id, url)
    if found is None:
        return []
    sizes = {name: smaller(bytes(found.body or b""), edge) for name, edge in _SIZES.items()}
    kept = {
        name: album.keep_upload(g.partner.id, one.body, one.content_type, one.width, one.height, address)
        for name, one in sizes.items()
    }
    return [
        Sized(name, one.source_url or "", one.width or 0, one.height or 0)
        for name, one in {"original": found, **kept}.items()
    ]


def address(key: str) -> str:
    """Where a picture is served."""
    return current_app.config["SETTINGS"].public_url + url_for("pictures.picture", key=key)


def key_of(typed: str | None) -> str | None:
    """The key of a picture here, from its address; whatever else was typed stays as it is, and is refused."""
    ours = current_app.config["SETTINGS"].public_url + url_for("pictures.pictures") + "/"
    return (typed or "").strip().removeprefix(ours) or None


def here(value: str | None) -> str | None:
    """The key of the acting partner's picture that a field names, whether it was uploaded or fetched from that address."""
    return shown(value) or album.keys_of(g.partner.id, [value]).get(value or "")


def install(app: Flask) -> None:
    """Give this to the templates."""
    app.jinja_env.globals["picture_here"] = here


def shown(typed: str | None) -> str | None:
    """The key of the acting partner's picture with this address, if there is one."""
    key = key_of(typed)
    return key if shelf.is_own(g.partner.id, key) else None
