"""A poster of the club: what one gets there, the code to scan, and what to do, on one sheet of paper."""

from flask import g

from portal import languages
from portal.domain.cards.templates import looks
from portal.domain.sentences import say
from portal.member_offers.club_page.pages import address_of
from portal.web import posters

STEPS = (
    ("scan-line", say("Point your phone’s camera at the code.")),
    ("gift", say("Look around: all offers of the club stand there.")),
    ("smartphone", say("Sign in with your mail address, and use them.")),
)


def show():
    """The sheet in one of the sizes and languages, with a sentence of one's own or the usual one."""
    asked = posters.asked()
    return posters.page("member_offers/club_page/poster.html", asked, _sheet(asked))


def _sheet(asked: dict[str, str]) -> str:
    """What is printed, in the language of whoever reads it."""
    partner, look = g.partner.row, looks.of(g.partner.row)
    with languages.speaking(asked["language"]):
        says = asked["says"] or say("More for members: offers that are yours.")
        return posters.sheet(
            "member_offers/club_page/_on_poster.html", look.background, asked, address_of(), club=partner, look=look, says=says,
            company=partner.club_called, steps=STEPS,
        )  # fmt: skip
