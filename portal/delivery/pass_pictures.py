"""Pictures of a pass: the icon that Apple's phones show on the lock screen, and the logo of the company on it."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

_ICON, _FINE, _BADGE = 29, 4, 660
_SIZES = {"": 1, "@2x": 2, "@3x": 3}
_LOGO = (160, 50)


@lru_cache(maxsize=128)
def icons(background: str, foreground: str) -> dict[str, bytes]:
    """A card in one colour on the other, in the three sizes, by the names that they have in a pass."""
    return {f"icon{name}.png": _icon(_ICON * times, background, foreground) for name, times in _SIZES.items()}


@lru_cache(maxsize=32)
def badge(background: str, foreground: str) -> bytes:
    """The same, large: what Google shows of a company without a logo."""
    return _icon(_BADGE, background, foreground, 1)


def logos(body: bytes) -> dict[str, bytes]:
    """A picture of ours in the three sizes, by the names that they have in a pass."""
    with Image.open(BytesIO(body)) as opened:
        whole = opened.convert("RGBA")
    made = {}
    for name, times in _SIZES.items():
        small = whole.copy()
        small.thumbnail((_LOGO[0] * times, _LOGO[1] * times))
        made[f"logo{name}.png"] = _png(small)
    return made


def _icon(size: int, background: str, foreground: str, finer: int = _FINE) -> bytes:
    fine = size * finer  # drawn larger, so that its corners are round
    whole = Image.new("RGB", (fine, fine), background)
    drawing, unit = ImageDraw.Draw(whole), fine / 29
    drawing.rounded_rectangle((5 * unit, 8 * unit, 24 * unit, 21 * unit), 2.5 * unit, fill=foreground)
    drawing.rectangle((5 * unit, 11 * unit, 24 * unit, 14 * unit), fill=background)
    return _png(whole.resize((size, size), Image.Resampling.LANCZOS))


def _png(picture: Image.Image) -> bytes:
    body = BytesIO()
    picture.save(body, "PNG", optimize=True)
    return body.getvalue()
