"""A poster for the counter and tables: what one gets, the card, the code to scan, and what to do, on one sheet."""

from flask import current_app, g, render_template
from markupsafe import Markup

from portal import languages
from portal.cards import drawing
from portal.cards import links as addresses
from portal.domain.cards.templates import templates
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.cards.words import (
    CASHBACK,
    CERTIFICATE,
    COUPON,
    DISCOUNT,
    MEMBERSHIP,
    REWARD,
    STAMP,
    SUBSCRIPTION,
)
from portal.domain.sentences import say
from portal.web import answers, formats, posters, qr

_SHORT = 60
STEPS = (
    ("scan-line", say("Point your phone’s camera at the code.")),
    ("mail", say("Give your name and mail address: the card comes by mail.")),
    ("smartphone", say("Show the card on your phone at each visit.")),
)
_GETS = {
    SUBSCRIPTION: say("Your visits, bought in advance and always with you."),
    COUPON: say("Something for you, to redeem once."),
    DISCOUNT: say("Collect points, and your discount grows."),
    CERTIFICATE: say("Money on a card, to give away and to pay with."),
    MEMBERSHIP: say("Be a member, and come as often as your level allows."),
    REWARD: say("Collect points, and choose your rewards."),
}


def show(uuid: str):
    """The sheet in one of the sizes and languages, with a sentence of one's own or the usual one."""
    template = templates.find(g.partner.id, uuid)
    asked = posters.asked()
    return render_template(
        answers.page_or_part("cards/templates/poster.html", "cards/templates/_poster.html"),
        card_template=template,
        sheet=_sheet(template, asked),
        asked=asked,
        **posters.choices(),
    )


def _sheet(template: CardTemplate, asked: dict[str, str]) -> Markup:
    """What is printed, in the language of whoever reads it."""
    address = addresses.template(current_app.config["SETTINGS"].public_url, template.key)
    with languages.speaking(asked["language"]):
        drawn = drawing.of_template(template)
        written = render_template(
            "cards/templates/_sheet.html", drawn=drawn, says=asked["says"] or _gets(template), company=g.partner.name,
            steps=STEPS, code=qr.drawn(address), address=address, paper=asked["paper"],
        )  # fmt: skip
    return Markup(written)  # noqa: S704 - written by a template of ours


def _gets(template: CardTemplate) -> str:
    """What one gets, in one sentence."""
    reward = template.texts.get("reward", "")
    if template.kind == STAMP and 0 < len(reward) <= _SHORT:
        return say("{total} stamps, and this is yours: {reward}", total=template.stamps_total, reward=reward)
    if template.kind == STAMP:
        return say("Collect {total} stamps, and get a reward.", total=template.stamps_total)
    if template.kind == CASHBACK:
        return say("{percent} of each purchase comes back to you.", percent=formats.share(template.percent))
    return _GETS[template.kind]
