"""Whether what is written can be read: contrast of two colours as WCAG 2.2 counts it."""

import colorsys
import re

from portal.domain.sentences import say
from portal.domain.values import Check, Wrong

LEAST = 4.5  # to 1, for text of any size
WHITE, BLACK = "#ffffff", "#000000"
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEPS = 200


def colour(default: str) -> Check:
    """A colour as six hexadecimal digits; null is the default."""

    def check(value):
        if value is None:
            return default
        text = value.strip().lower() if isinstance(value, str) else ""
        if not _COLOUR.fullmatch(text):
            raise Wrong(say("Write a colour as # and six digits, such as #1f4b99."))
        return text

    return check


def contrast(one: str, other: str) -> float:
    """How far apart two colours are: from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def nearest(written: str, ground: str) -> str:
    """The colour of the same hue that differs least from `written` and is readable on `ground`."""
    hue, lightness, strength = colorsys.rgb_to_hls(*_parts(written))
    ways = sorted(range(_STEPS + 1), key=lambda step: abs(step / _STEPS - lightness))
    made = (_written(colorsys.hls_to_rgb(hue, step / _STEPS, strength)) for step in ways)
    best = WHITE if contrast(WHITE, ground) >= contrast(BLACK, ground) else BLACK
    return next((one for one in made if contrast(one, ground) >= LEAST), best)


def unreadable(written: str, ground: str) -> str:
    """That nobody can read one colour on the other, and the nearest that one can."""
    return say(
        "This is hard to read on {ground}: the contrast is {contrast} to 1, and 4.5 is needed. The nearest colour that holds is {nearest}.",
        ground=ground, contrast=f"{int(contrast(written, ground) * 10) / 10:g}", nearest=nearest(written, ground),
    )  # fmt: skip


def mixed(one: str, other: str, share: float) -> str:
    """So much of one colour in the other: 0 is the other, 1 the one."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return _written(tuple(mine * share + its * (1 - share) for mine, its in pairs))


def _luminance(text: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(text))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(text: str) -> tuple[float, float, float]:
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
