"""Addresses as codes to scan: black on white with their quiet zone, whatever page they stand on, in dark as well."""

import io

import segno
from markupsafe import Markup

_LOOK = {"dark": "#000000", "light": "#ffffff", "border": 4}


def picture(address: str) -> bytes:
    """The code as a picture of its own, of lines: for paper of any size."""
    drawing = io.BytesIO()
    segno.make(address, micro=False).save(drawing, kind="svg", scale=8, **_LOOK)
    return drawing.getvalue()


def drawn(address: str) -> Markup:
    """The code as a part of a page. Segno writes the address into squares alone, never as text."""
    drawing = segno.make(address, micro=False).svg_inline(omitsize=True, svgclass=None, lineclass=None, **_LOOK)
    return Markup(drawing)  # noqa: S704
