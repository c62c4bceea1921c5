"""Posters to print, of a card and of a club: the size of the paper, the language, and a sentence of one's own or none."""

from typing import Any

from flask import g, render_template, request
from markupsafe import Markup

from portal import languages
from portal.domain.sentences import say
from portal.web import answers, qr

PAPERS: dict[str, str] = {"a4": "A4", "a5": "A5", "letter": say("Letter")}
LONGEST = 120  # letters of what one gets


def asked() -> dict[str, str]:
    """What the address asks for; what it leaves open is the first size of paper, and the partner's language."""
    paper, language = request.args.get("paper", ""), request.args.get("language", "")
    return {
        "paper": paper if paper in PAPERS else next(iter(PAPERS)),
        "language": languages.known(language, g.partner.language) or languages.spoken(),
        "says": " ".join(request.args.get("says", "").split())[:LONGEST],
    }


def page(template: str, asked: dict[str, str], sheet: str, **context: Any) -> str:
    """The page that the sheet is chosen on, or the sheet alone where that is what is asked for."""
    shown = answers.page_or_part(template, "posters/_poster.html")
    choices = {"papers": list(PAPERS.items()), "languages": list(languages.NAMES.items()), "longest": LONGEST}
    return render_template(shown, sheet=Markup(sheet), asked=asked, **choices, **context)  # noqa: S704 - written by a template of ours


def sheet(part: str, ground: str, asked: dict[str, str], address: str, **context: Any) -> str:
    """What is printed, in the language that is spoken: `part` is the template of what is shown above the code of the address."""
    return render_template(
        "posters/_sheet.html",
        part=part,
        ground=ground,
        paper=asked["paper"],
        address=address,
        code=qr.drawn(address),
        **context,
    )
