"""A poster of the club: what one gets there, the code to scan, and what to do, on one sheet of paper."""

from flask import g, render_template
from markupsafe import Markup

from portal import languages
from portal.domain.cards.templates import looks
from portal.domain.sentences import say
from portal.member_offers.club_page.pages import address_of
from portal.web import answers, posters, qr

STEPS = (
    ("scan-line", say("Point your phone’s camera at the code.")),
    ("gift", say("Look around: all offers of the club stand there.")),
    ("smartphone", say("Sign in with your mail address, and use them.")),
)


def show():
    """The sheet in one of the sizes and languages, with a sentence of one's own or the usual one."""
    asked = posters.asked()
    return render_template(
        answers.page_or_part("member_offers/club_page/poster.html", "cards/templates/_poster.html"),
        sheet=_sheet(asked),
        asked=asked,
        **posters.choices(),
    )


def _sheet(asked: dict[str, str]) -> Markup:
    """What is printed, in the language of whoever reads it."""
    address, partner = address_of(), g.partner.row
    with languages.speaking(asked["language"]):
        says = asked["says"] or say("More for members: offers that are yours.")
        written = render_template(
            "member_offers/club_page/_sheet.html", club=partner, look=looks.of(partner), says=says, company=partner.club_called, steps=STEPS,
            code=qr.drawn(address), address=address, paper=asked["paper"],
        )  # fmt: skip
    return Markup(written)  # noqa: S704 - written by a template of ours
