"""Asking for a card by a template's form: the link to it goes to the mail address, whether or not a customer has that already.

Asking does the same work for all; the worker looks who it is. What a stranger types never changes a customer who is there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from portal import clock
from portal.database import after_commit, savepoint, transaction
from portal.domain import codes
from portal.domain.accounts import languages
from portal.domain.accounts.tables import Partner
from portal.domain.cards.asking.tables import AskedCard
from portal.domain.cards.cards import cards, field_values
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid, Refused, Taken
from portal.domain.events import log
from portal.domain.mail import addresses, outbox, strangers
from portal.domain.members import finding, members, values
from portal.domain.sentences import say

AT_ONCE = 20


def template_of(key: str) -> CardTemplate | None:
    """The template whose form this key opens; none of a partner that is closed."""
    is_open = (CardTemplate.key == key, Partner.disabled_at.is_null())
    return CardTemplate.select(CardTemplate, Partner).join(Partner).where(*is_open).first()


def referrer_of(share_key: str) -> Card | None:
    """The card whose holder passed this link on."""
    is_it = (Card.share_key == share_key, Card.deleted_at.is_null(), Partner.disabled_at.is_null())
    return Card.select(Card, Partner).join(Partner).where(*is_it).first()


def ask(
    template: CardTemplate,
    person: Mapping[str, Any],
    answers: Iterable[Mapping[str, Any]],
    *,
    network: str,
    referred_by: Card | None = None,
) -> AskedCard:
    """Have a card of the template mailed to `person["mail"]`. Raises Invalid with what cannot be taken, Refused for a template that
    is archived."""
    if template.archived_at is not None:
        raise Refused(say("No card of {name} is issued any more.", name=template.name))
    given = values.taken(template.partner_id, dict(person))
    if not given.get("mail"):
        raise Invalid("mail", say("This field is required."), code=codes.REQUIRED)
    answers = list(answers)
    field_values.taken(template, answers)
    kept = {name: str(value) if value is not None else None for name, value in person.items() if name != "mail"}
    with transaction():
        after_commit(log.tell)
        return AskedCard.create(
            template=template, referred_by=referred_by, mail=given["mail"], person=kept, answers=answers, network=network[:45],
            language=languages.of_newcomer(),
        )  # fmt: skip


def answer_asked() -> int:
    """The worker issues cards that were asked for, and mails their links; how many were taken up. It repeats it until 0."""
    asked = list(AskedCard.select().order_by(AskedCard.id).limit(AT_ONCE))
    for row in asked:
        answer(row)
    return len(asked)


def answer(row: AskedCard) -> Card | None:
    """Issue the card, or find the one that the customer has, and mail its link; None where it was done, or may not be."""
    partner = row.template.partner
    with clock.acting(partner.clock_offset), transaction():
        if not AskedCard.delete().where(AskedCard.id == row.id).execute():
            return None
        if not strangers.may_get_card(row.mail, row.network):
            return None
        try:
            with savepoint():
                card = _card(row)
        except (
            Invalid,
            Refused,
        ) as error:  # An answer that another card has, or a template that is archived meanwhile.
            _mail(
                row,
                say("Your card of {partner}", partner=partner.name),
                "card_refused",
                reason=error.sentence,
                link=_form(row),
            )
            return None
        _mail(
            row, say("Your card of {partner}", partner=partner.name), "card_link", link=addresses.full(f"/c/{card.key}")
        )
        return card


def _card(row: AskedCard) -> Card:
    member = finding.one(row.template.partner_id, mail=row.mail) or _new_customer(row)
    try:
        return cards.issue(row.template.partner_id, member, row.template_id, row.answers, referred_by=row.referred_by)
    except Taken:
        its = (Card.template == row.template_id, Card.member == member, Card.deleted_at.is_null())
        return Card.get(*its)


def _new_customer(row: AskedCard) -> int:
    """Whoever has the phone already is not taken for the same: nobody proved it."""
    given = {**row.person, "mail": row.mail}
    try:
        with savepoint():
            return members.create(row.template.partner_id, given).id
    except Taken:
        return members.create(row.template.partner_id, {**given, "phone": None}).id


def _mail(row: AskedCard, subject: str, text: str, **named: str) -> None:
    partner = row.template.partner
    outbox.put(
        row.mail, subject, text, partner.id, caused_by=partner.id, language=row.language or partner.language,
        name=row.person["first_name"], partner=partner.name, title=row.template.name, **named,
    )  # fmt: skip


def _form(row: AskedCard) -> str:
    return addresses.full(f"/c/new/{row.template.key}")
