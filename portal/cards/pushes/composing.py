"""A push while it is written: drawn on a phone, counted, tried on oneself, confirmed, sent."""

from flask import g, render_template, request

from portal.cards import push_words
from portal.cards.pushes import offered
from portal.cards.pushes.forms import PushForm
from portal.cards.pushes.pages import place
from portal.domain.cards.cards import cards
from portal.domain.cards.pushes import audience, pushes, quiet, words
from portal.domain.cards.pushes.audience import Reach
from portal.domain.cards.pushes.browsers import measure
from portal.domain.errors import DomainError, Invalid, NotFound
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, take_errors, tried

_FIELDS = {"number": "days", "scheduledAt": "scheduled_at"}  # the form's names of the domain's fields


def new():
    """Write a push: the first sending of the form asks by saying how many cards get it, the second sends."""
    form = _form()
    asks = None
    if not {"preview", "test"} & request.form.keys() and form.validate_on_submit():
        with tried(form, take=_take_errors):
            asks = _reach(form)
            if request.form.get("confirmed") == _asked_as(asks, form):
                push = _send(form)
                return answers.done(place(push), push_words.begins(form.scheduled_at.data))
    elif "test" in request.form:
        _try_on_oneself(form)
    return form_page(
        "cards/pushes/new.html", form, **_drawn(form), reach=_reach_if_known(form), asks=asks,
        confirmation=asks and _asked_as(asks, form), is_offered=offered.is_offered(), quiet_hint=push_words.quiet_hint(quiet.settings(g.partner.id)),
    )  # fmt: skip


def drawn():
    """The phone with the message as it would be shown, and its length."""
    return render_template("cards/pushes/_phone.html", **_drawn(_form()))


def reached():
    """How many cards the push would go to now."""
    return render_template("cards/pushes/_reach.html", reach=_reach_if_known(_form()))


def _form() -> PushForm:
    names = ("template", "audience", "card", "message", "segment")
    given = {name: request.args[name] for name in names if name in request.args}
    form = PushForm(data=given)
    form.offer()
    if form.template.data is None and form.template.choices:
        form.template.data = form.template.choices[0].value  # as the browser has chosen already
    return form


def _reach(form: PushForm) -> Reach:
    draft = pushes.foreseen(g.partner.id, form.template.data, **form.audience_given())
    return audience.reach(draft)


def _reach_if_known(form: PushForm) -> Reach | None:
    try:
        return _reach(form) if form.template.data else None
    except (DomainError, ValueError):
        return None


def _asked_as(reach: Reach, form: PushForm) -> str:
    """What the question named: where it is another one since, it is asked again."""
    return (
        f"{reach.cards}/{form.template.data}/{form.audience.data}/{form.segment.data}/{form.days.data}/{form.card.data}"
    )


def _send(form: PushForm):
    return pushes.send(
        g.partner.id, form.message.data or "", form.template.data, scheduled_at=form.scheduled_at.data,
        keeps_quiet=form.keeps_quiet.data, **form.audience_given(),
    )  # fmt: skip


def _try_on_oneself(form: PushForm) -> None:
    """Send the message to one card, and say so; nothing of the push itself is kept."""
    number = (form.test_card.data or "").strip()
    with tried(form, take=lambda form, error: _take_errors(form, error, card="test_card")):
        if not number:
            raise Invalid("card", say("Give the number of a card."))
        card = cards.find(g.partner.id, number)
        form.tested = pushes.send(g.partner.id, form.message.data or "", card.template_id, card=number, is_trial=True)


def _drawn(form: PushForm) -> dict:
    return {"measure": measure.of(g.partner, form.message.data or ""), "company": g.partner.name}


def _take_errors(form: PushForm, error: DomainError, card: str = "card") -> None:
    """What the domain calls otherwise goes to the form's field."""
    if isinstance(error, Invalid):
        names = _FIELDS | {"card": card}
        errors = [(names.get(field, field), sentence) for field, sentence in error.errors]
        take_errors(form, Invalid(*errors[0], errors))
    elif isinstance(error, NotFound) or getattr(error, "field", None) == "cardId":
        form[card if card != "card" or form.audience.data == words.CARD else "segment"].errors = [error.sentence]
    else:
        take_errors(form, error)
