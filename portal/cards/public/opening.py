"""The mailed link that gets a card which somebody asked for. A press gets it: programs that read mail open links."""

from flask import make_response, redirect, render_template, url_for

from portal import clock
from portal.cards import drawing
from portal.cards.asked_fields import AnswersForm
from portal.cards.public import answers
from portal.cards.public.forms import PressForm
from portal.domain.cards.asking import consent, getting
from portal.domain.cards.asking.tables import AskedCard
from portal.domain.cards.cards.tables import Card
from portal.domain.errors import Invalid, Refused
from portal.web.answers import secret
from portal.web.forms import form_page


def opened(asked_key: str):
    """The card as it will look, and the button; then the card's own page."""
    row = getting.of_key(asked_key)
    if row is None:
        return secret(make_response(render_template("cards/public/used.html"), 404))
    partner = row.template.partner
    clock.use(partner.clock_offset)
    form, asked = _form(row), AnswersForm(getting.asks(row))
    # Both are asked, so that each says what it lacks.
    if form.is_submitted() and all([form.validate(), asked.is_answered(form)]):
        if card := _got(row, form, asked):
            return secret(redirect(url_for("public.club.by_link", club_slug=partner.slug, card_key=card.key), 303))
        asked = AnswersForm(getting.asks(row))
    return secret(
        form_page(
            "cards/public/opened.html", form, asked=asked, card_template=row.template, mail=row.mail, **answers.whose(partner),
            drawn=drawing.of_template(row.template),
        )
    )  # fmt: skip


def _form(row: AskedCard) -> PressForm:
    return PressForm(consent.sentence(row.template) if getting.needs_consent(row) else None)


def _got(row: AskedCard, form: PressForm, asked: AnswersForm) -> Card | None:
    """The card; None when something must be corrected, or it cannot be issued."""
    try:
        return getting.get(row, asked.given(), agreed=bool("consent" in form and form["consent"].data))
    except (Invalid, Refused) as error:
        asked.take(error, form)
        return None
