"""The colours of a club on its pages: a style sheet after the house's, for a policy that takes none in a page."""

from flask import Response, g, request

from portal.domain.cards.templates import looks
from portal.domain.typed.colours import BLACK, WHITE, mixed

_FOR_EVER = "public, max-age=31536000, immutable"  # its address changes with the look
_DARK_PAPER, _ON_DARK = "#151113", "#f6ecf1"
_GROUND = 0.16  # of the colour in what is behind a dark page


def sheet(club_slug: str):
    """The style sheet; empty where the club has no colour of its own. `on=phone` is for the phone drawn on a page of the portal."""
    look, place = looks.of(g.club), ".face-phone" if request.args.get("on") == "phone" else ":root"
    response = Response(written(look.light, look.dark, place) if look.light and look.dark else "", mimetype="text/css")
    response.headers["Cache-Control"] = _FOR_EVER
    return response


def behind(dark: str) -> str:
    """What is behind a dark page."""
    return mixed(dark, _DARK_PAPER, _GROUND)


def written(light: str, dark: str, place: str = ":root") -> str:
    """What the colours change, in this place. White can be read on whatever can be read on the light ground, and black on what can on the dark one
    (portal/domain/accounts/partners/club_looks.py)."""
    told = {
        "accent": (light, dark),
        "accent-fill": (light, dark),
        "accent-fill-hover": (mixed(BLACK, light, 0.18), mixed(WHITE, dark, 0.25)),
        "accent-soft": ("#f1eeea", "#272125"),
        "on-accent": (WHITE, BLACK),
        "aubergine": (light, behind(dark)),
        "aubergine-raised": (mixed(WHITE, light, 0.1), mixed(dark, _DARK_PAPER, 0.24)),
        "aubergine-line": (mixed(WHITE, light, 0.2), mixed(dark, _DARK_PAPER, 0.32)),
        "on-aubergine": (WHITE, _ON_DARK),
        "on-aubergine-soft": (WHITE, _ON_DARK),
        "spark": (WHITE, dark),
    }
    lines = (f"--{name}: light-dark({on_light}, {on_dark});" for name, (on_light, on_dark) in told.items())
    return f"{place} {{ {' '.join(lines)} }}\n"
