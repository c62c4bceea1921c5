"""The logo of a template: the key of one of the partner's pictures, which forms name by its address."""

from flask import current_app, g, url_for

from portal.domain.pictures.tables import Picture


def address(key: str | None) -> str | None:
    """The address of a picture here."""
    return key and current_app.config["SETTINGS"].public_url + url_for("pictures.picture", key=key)


def key(typed: str | None) -> str | None:
    """The key of a picture here, from its address; whatever else was typed stays as it is, and is refused."""
    ours = current_app.config["SETTINGS"].public_url + url_for("pictures.pictures") + "/"
    return (typed or "").strip().removeprefix(ours) or None


def shown(typed: str | None) -> str | None:
    """The key of the partner's picture with this address, if there is one."""
    its = (Picture.key == key(typed), Picture.partner == g.partner.id, Picture.content_type.is_null(False))
    return Picture.select(Picture.key).where(*its).scalar() if typed else None
