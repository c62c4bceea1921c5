"""Posters to print, of a card and of a club: the size of the paper, the language, and a sentence of one's own or none."""

from typing import Any

from flask import g, request

from portal import languages
from portal.domain.sentences import say

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


def choices() -> dict[str, Any]:
    """What the form beside the sheet offers."""
    return {"papers": list(PAPERS.items()), "languages": list(languages.NAMES.items()), "longest": LONGEST}
