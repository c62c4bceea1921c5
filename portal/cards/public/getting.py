"""Getting a card by a template's form, or by the link that a friend passed on. Its link is mailed; the answer is the same
whether or not somebody has the address."""

from flask import current_app, make_response

from portal import clock
from portal.cards import drawing
from portal.cards.asked_fields import AnswersForm
from portal.cards.public import answers
from portal.cards.public.forms import OF_PERSON, CardForm
from portal.domain.cards.asking import asking, consent
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates import fields as template_fields
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import DomainError, Invalid, NotFound
from portal.domain.sentences import say
from portal.web import mailing, throttle
from portal.web.answers import secret
from portal.web.forms import form_page


def new(template_key: str):
    """The form of a template."""
    template = asking.template_of(template_key)
    if template is None:
        raise NotFound(say("template"))
    return _get(template)


def with_friend(share_key: str):
    """The same form by the link of somebody who has such a card, and is rewarded."""
    referrer = asking.referrer_of(share_key)
    if referrer is None:
        raise NotFound(say("card"))
    return _get(referrer.template, referrer)


def _get(template: CardTemplate, referrer: Card | None = None):
    clock.use(template.partner.clock_offset)
    if template.archived_at is not None:
        page = answers.page("cards/public/no_more.html", template.partner, card_template=template)
        return secret(make_response(page, 410))
    if not asking.is_issuing(template.partner_id):
        page = answers.page("cards/public/not_now.html", template.partner, card_template=template)
        return secret(make_response(page, 409))
    fields = template_fields.of(template.id)
    form = CardForm(fields, consent.sentence(template))
    asked = AnswersForm(field for field in fields if field.kind not in OF_PERSON)
    # Both are asked, so that each says what it lacks.
    is_whole = form.is_submitted() and all([form.validate(), asked.is_answered(form)])
    if is_whole and throttle.may_try(form, throttle.by_address("card")):
        if done := _asked(template, referrer, form, asked):
            return done
        throttle.was_no_guess(throttle.by_address("card"))
    return secret(
        form_page(
            "cards/public/new.html", form, asked=asked, card_template=template, **answers.whose(template.partner),
            drawn=drawing.of_template(template), friend=referrer and referrer.member.first_name,
        )
    )  # fmt: skip


def _asked(template: CardTemplate, referrer: Card | None, form: CardForm, asked: AnswersForm):
    """The page that says where to look; None when something must be corrected. Where no mail leaves, in the demo world, it has the
    link itself."""
    try:
        row = asking.ask(
            template,
            form.person(),
            [*asked.given(), *form.answers()],
            network=throttle.here(),
            agreed=form.consent.data,
            referred_by=referrer,
        )
    except Invalid as error:
        asked.take(error, form)
        return None
    except DomainError as error:
        form.form_errors.append(error.sentence)
        return None
    has_server = mailing.has_server()
    shown = asking.answer(row) if current_app.config["SETTINGS"].demo and not has_server else None
    page = answers.page(
        "cards/public/asked.html", template.partner, card_template=template, mail=row.mail, has_server=has_server,
        shown=shown,
    )  # fmt: skip
    return secret(make_response(page))
