"""A poster for the counter and tables: what one gets, the card, the code to scan, and what to do, on one sheet."""

from flask import current_app, g

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
from portal.web import formats, posters

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
    template, asked = templates.find(g.partner.id, uuid), posters.asked()
    return posters.page("cards/templates/poster.html", asked, _sheet(template, asked), card_template=template)


def _sheet(template: CardTemplate, asked: dict[str, str]) -> str:
    """What is printed, in the language of whoever reads it."""
    address = addresses.template(current_app.config["SETTINGS"].public_url, template.key)
    with languages.speaking(asked["language"]):
        drawn = drawing.of_template(template)
        return posters.sheet(
            "cards/templates/_on_poster.html", drawn.face.background, asked, address, drawn=drawn, says=asked["says"] or _gets(template),
            company=g.partner.name, steps=STEPS,
        )  # fmt: skip


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
