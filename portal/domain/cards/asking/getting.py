"""Getting a card that was asked for, by the mailed link: whoever opens it has the address."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal import clock
from portal.database import savepoint, transaction
from portal.domain.accounts.tables import Partner
from portal.domain.cards.asking import consent, letters
from portal.domain.cards.asking.tables import LASTS, AskedCard
from portal.domain.cards.cards import cards, field_values
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates import fields
from portal.domain.cards.templates.tables import CardField, CardTemplate
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import digest
from portal.domain.mail import addresses, stops
from portal.domain.members import finding, members
from portal.domain.members.consents import consents
from portal.domain.sentences import say


def of_key(key: str) -> AskedCard | None:
    """What was asked for, while its link works: once, for a week, and while the partner is open."""
    since = clock.from_micros(clock.wall_micros()) - LASTS
    works = (AskedCard.key_digest == digest(key), AskedCard.at > since, Partner.disabled_at.is_null())
    whole = AskedCard.select(AskedCard, CardTemplate, Partner).join(CardTemplate).join(Partner)
    return whole.where(*works).first()


def asks(row: AskedCard) -> list[CardField]:
    """What the template asks of a customer who is there and lacks the card, beside what is known of them: what a stranger answered
    is not theirs."""
    member = _member(row)
    if member is None or _present(row, member):
        return []
    known = field_values.of_customer(member)
    return [field for field in fields.of(row.template_id) if field.kind not in known]


def needs_consent(row: AskedCard) -> bool:
    """Whether a customer who is there gets a card that they lack: what a stranger agreed to is not theirs."""
    member = _member(row)
    return row.consent is None or (member is not None and not _present(row, member))


def get(row: AskedCard, answers: Iterable[Mapping[str, Any]] = (), agreed: bool = False) -> Card:
    """Issue the card, or find the one that the customer has, and mail its link, too. A customer who is there gives the `answers`,
    and nothing of them changes by what was typed into the form; nor was anybody brought who was there.

    Raises NotFound when the link was used meanwhile, Invalid for answers and for who has not agreed where that is asked, Refused when the card cannot be issued: not why,
    for that would tell of others.
    """
    with transaction():
        if not AskedCard.delete().where(AskedCard.id == row.id).execute():
            raise NotFound(say("card"))
        member = _member(row)
        lacks = member is None or not _present(row, member)
        if lacks and (member is not None or row.consent is None):
            consent.refuse_without(agreed)
        card = (_present(row, member) or _issued(row, member, list(answers))) if member else _of_newcomer(row)
        if lacks:
            _keep_consent(row, card, is_fresh=agreed)
        if not stops.is_stopped(row.mail):
            letters.mail(row, "card_link", addresses.full(f"/c/{card.key}"))
        return card


def _keep_consent(row: AskedCard, card: Card, is_fresh: bool) -> None:
    given = (consent.text(row.template), clock.now()) if is_fresh or not row.consent else (row.consent, row.at)
    consents.keep(card.member_id, row.template.name, *given)


def _of_newcomer(row: AskedCard) -> Card:
    try:
        with savepoint():
            made = members.create(row.template.partner_id, {**row.person, "mail": row.mail})
            return _issued(row, made.id, row.answers, row.referred_by)
    except (
        Invalid,
        Refused,
    ):  # The template asks for something else by now, the customer was made a moment ago, or none may be.
        raise _refused(row) from None


def _issued(row: AskedCard, member: int, answers: list[Mapping[str, Any]], referred_by: Card | None = None) -> Card:
    field_values.taken(row.template, answers, member)
    try:
        with savepoint():
            return cards.issue(row.template.partner_id, member, row.template_id, answers, referred_by=referred_by)
    except (Invalid, Refused):
        raise _refused(row) from None


def _refused(row: AskedCard) -> Refused:
    partner = row.template.partner.name
    return Refused(say("The card could not be issued as it was asked for. Ask {partner} about it.", partner=partner))


def _member(row: AskedCard) -> int | None:
    return finding.one(row.template.partner_id, mail=row.mail)


def _present(row: AskedCard, member: int) -> Card | None:
    return Card.get_or_none(Card.template == row.template_id, Card.member == member, Card.deleted_at.is_null())
