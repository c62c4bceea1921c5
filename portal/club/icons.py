"""The mark of a club for a phone's home screen: in the colours of its cards, with its picture or first letter, nothing near the edge."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from portal.domain.cards.templates.looks import Look
from portal.domain.pictures import shelf

SIZES = (180, 192, 512)  # the first is Apple's


@lru_cache(maxsize=256)
def drawn(look: Look, letter: str, size: int) -> bytes:
    """A PNG of so many pixels."""
    icon = Image.new("RGB", (size, size), look.background)
    picture = shelf.served(look.logo) if look.logo else None
    if picture:
        _paste(icon, picture.body)
    elif letter.isascii() and letter.isalnum():
        font = ImageFont.load_default(size * 0.5)
        ImageDraw.Draw(icon).text((size / 2, size / 2), letter, look.foreground, font, anchor="mm")
    else:  # The font that comes along has no other letters.
        _draw_card(icon, look)
    written = io.BytesIO()
    icon.save(written, "PNG", optimize=True)
    return written.getvalue()


def _paste(icon: Image.Image, body: bytes) -> None:
    size = icon.width
    edge, inner = round(size * 0.18), round(size * 0.5)
    ImageDraw.Draw(icon).rounded_rectangle((edge, edge, size - edge, size - edge), size * 0.1, "#ffffff")
    with Image.open(io.BytesIO(body)) as picture:
        small = picture.convert("RGBA")
        small.thumbnail((inner, inner))
        icon.paste(small, ((size - small.width) // 2, (size - small.height) // 2), small)


def _draw_card(icon: Image.Image, look: Look) -> None:
    size, draw = icon.width, ImageDraw.Draw(icon)
    draw.rounded_rectangle((size * 0.22, size * 0.32, size * 0.78, size * 0.68), size * 0.06, look.foreground)
    draw.rectangle((size * 0.22, size * 0.41, size * 0.78, size * 0.48), look.background)
