"""What else may be done to a card from its page. Each is a verb of the domain's; a refusal is said beside the form."""

from flask import g, render_template, request, url_for

from portal import clock
from portal.cards.asked_fields import AnswersForm
from portal.cards.cards import pages, tabs
from portal.cards.cards.forms import ExpirationForm, LevelForm, QuestionForm
from portal.domain.cards.cards import cards, field_values, lists
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.moments import membership
from portal.domain.cards.operations import moving, words
from portal.domain.cards.templates import fields as template_fields
from portal.domain.cards.templates import membership_tiers
from portal.domain.cards.words import MEMBERSHIP, PORTAL
from portal.domain.errors import DomainError, NotFound
from portal.domain.sentences import counted, say
from portal.web import answers, formats
from portal.web.forms import form_page, tried
from portal.web.inputs import choices


def expiration(card_id: str):
    """Say until when it is good; empty is for good."""
    card = _card(card_id)
    form = ExpirationForm(until=card.expires_at)
    if form.validate_on_submit():
        with tried(form, take=_beside_until):
            cards.set_expiration(card, form.until.data)
            return answers.done(_place(card), _until(form.until.data))
    return form_page("cards/cards/expiration.html", form, card=card)


def level(card_id: str):
    """Give a membership a level from now on."""
    card = _card(card_id)
    if card.template.kind != MEMBERSHIP:
        raise NotFound(say("level"))
    tiers = membership_tiers.of(card.template)
    form = LevelForm(tier=str(card.membership_tier_id or ""), period=card.tier_period or "month")
    form.tier.choices = choices((str(tier.id), _told(tier)) for tier in tiers)
    if form.validate_on_submit():
        with tried(form):
            period = form.period.data
            membership.set_tier(g.partner.id, card.serial, int(form.tier.data), period, PORTAL, g.person.user_id)
            return answers.done(
                _place(card), say("The card has the level {name}.", name=dict(_names(tiers))[form.tier.data])
            )
    return form_page("cards/cards/level.html", form, card=card, tiers=tiers)


def fields(card_id: str):
    """Change what was answered to the template's fields."""
    row, card = pages.found_card(card_id)
    answered = {one.id: one.value for one in lists.fields_of([row]).get(card.id, [])}
    form, asked = QuestionForm(), _asked_of(card, answered)
    # Both are asked, so that each says what it lacks.
    if form.is_submitted() and all([form.validate(), asked.is_answered(form)]):
        try:
            cards.change_fields(card, asked.given())
        except DomainError as error:
            asked.take(error, form)
        else:
            return answers.done(_place(card), say("The details are changed."))
    return form_page("cards/cards/fields.html", form, card=card, asked=asked)


def _asked_of(card: Card, answered) -> AnswersForm:
    return AnswersForm(template_fields.of(card.template_id), answered, field_values.of_customer(card.member_id))


def deletion(card_id: str):
    """Ask by naming what is lost, and delete a card."""
    return _asked(card_id, "cards/cards/deletion.html", _delete)


def move(card_id: str):
    """Ask, and give the holder of a lost card a new one with all that was on it."""
    return _asked(card_id, "cards/cards/move.html", _move)


def _asked(card_id: str, template: str, act):
    row, card = pages.found_card(card_id)
    if request.method == "POST":
        try:
            return act(card)
        except DomainError as error:
            return answers.done(_place(card), error.sentence, "warning")
    return render_template(template, card=card, row=row, lost=[_said(row, one) for one in tabs.figures(row)])


def _said(row: ShownCard, figure: tabs.Figure) -> str:
    """Stamps and points say what they are; a sum of money does not."""
    if words.is_money(row.kind, figure.field):
        return say("{name}: {sum}", name=figure.label, sum=figure.said)
    return figure.said


def _delete(card: Card):
    cards.delete(card)
    return answers.done(url_for("cards.index"), say("The card {serial} is deleted.", serial=card.serial))


def _move(card: Card):
    newer = moving.move(card, source=PORTAL, manager_id=g.person.user_id)
    said = say("{newer} is the new card, with all that was on {serial}.", newer=newer.serial, serial=card.serial)
    return answers.done(url_for("cards.show", card_id=newer.serial, tab=tabs.LINKS), said)


def _card(card_id: str) -> Card:
    return cards.find(g.partner.id, card_id)


def _place(card: Card) -> str:
    return url_for("cards.show", card_id=card.serial)


def _until(moment) -> str:
    if moment is None:
        return say("The card is good without an end.")
    if moment <= clock.now():
        return say("The card has ended.")
    return say("The card is good until {moment}.", moment=formats.date_time(moment, g.partner.time_zone))


def _beside_until(form: ExpirationForm, error: DomainError) -> None:
    form.until.errors = [*form.until.errors, error.sentence]


def _names(tiers) -> list[tuple[str, str]]:
    return [(str(tier.id), tier.name) for tier in tiers]


def _told(tier) -> str:
    if tier.visits is None:
        return tier.name
    return counted(tier.visits, "{name}: 1 visit", "{name}: {number} visits", name=tier.name)
