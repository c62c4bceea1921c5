"""Asking for a card by a template's form: a link to get it goes to the mail address, whether or not a customer has that already.

Asking does the same work for all. What a stranger types changes nobody: the card is issued to whoever opens the link (getting).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from portal import clock
from portal.database import after_commit, transaction
from portal.domain import codes
from portal.domain.accounts import languages
from portal.domain.accounts.tables import Partner
from portal.domain.cards.asking import consent, letters
from portal.domain.cards.asking.tables import AskedCard
from portal.domain.cards.cards import field_values
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies.tables import Company
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.mail import addresses, strangers
from portal.domain.members.details import values
from portal.domain.sentences import say

AT_ONCE = 20
_KEPT = ("first_name", "surname", "date_of_birth")  # A phone is not proved by the mail, and stays an answer.


def template_of(key: str) -> CardTemplate | None:
    """The template whose form this key opens; none of a partner that is closed."""
    is_open = (CardTemplate.key == key, Partner.disabled_at.is_null())
    return CardTemplate.select(CardTemplate, Partner).join(Partner).where(*is_open).first()


def referrer_of(share_key: str) -> Card | None:
    """The card whose holder passed this link on."""
    is_it = (Card.share_key == share_key, Card.deleted_at.is_null(), Partner.disabled_at.is_null())
    return Card.select(Card, Partner).join(Partner).where(*is_it).first()


def is_issuing(partner_id: int) -> bool:
    """Whether the partner issues cards now: a company whose tariff has ended does not."""
    company = Company.get_or_none(Company.partner == partner_id)
    return company is None or (company.deleted_at is None and not clock.has_passed(company.expires_at))


def ask(
    template: CardTemplate,
    person: Mapping[str, Any],
    answers: Iterable[Mapping[str, Any]],
    *,
    network: str,
    agreed: bool,
    referred_by: Card | None = None,
) -> AskedCard:
    """Have a link to a card of the template mailed to `person["mail"]`. Raises Invalid with what cannot be taken, and for
    who has not agreed (consent); Refused for a template that is archived, and while too many ask."""
    if template.archived_at is not None:
        raise Refused(say("No card of {name} is issued any more.", name=template.name))
    given = values.taken(template.partner_id, dict(person))
    if not given.get("mail"):
        raise Invalid("mail", say("This field is required."), code=codes.REQUIRED)
    consent.refuse_without(agreed)
    answers = list(answers)
    field_values.taken(template, answers)
    kept = {name: str(person[name]) for name in _KEPT if person.get(name) is not None}
    with transaction():
        _refuse_many(template.partner, network[:45])
        after_commit(log.tell)
        return AskedCard.create(
            template=template, referred_by=referred_by, mail=given["mail"], person=kept, answers=answers, network=network[:45],
            language=languages.of_newcomer(), consent=consent.text(template),
        )  # fmt: skip


def _refuse_many(partner: Partner, network: str) -> None:
    """A test mode's are not counted: nothing of it leaves the house."""
    if not partner.is_test and not strangers.may_ask_for_card(partner.id, network):
        raise Refused(
            say("So many cards were asked for here that no more are sent within this hour. Try again in an hour.")
        )


def answer_asked() -> int:
    """The worker mails the links of cards that were asked for; how many were taken up. It repeats it until 0."""
    asked = list(AskedCard.select().where(AskedCard.key_digest.is_null()).order_by(AskedCard.id).limit(AT_ONCE))
    for row in asked:
        answer(row)
    return len(asked)


def answer(row: AskedCard) -> str | None:
    """Mail the link that gets the card, whoever has the address; it too, or None where it was mailed already, or may not be."""
    link, its = random_base62(32), AskedCard.id == row.id
    with clock.acting(row.template.partner.clock_offset), transaction():
        if not AskedCard.update(key_digest=digest(link)).where(its, AskedCard.key_digest.is_null()).execute():
            return None
        if not row.template.partner.is_test and not strangers.may_get_card(row.mail, row.network):
            AskedCard.delete().where(its).execute()
            return None
        link = addresses.full(f"/c/asked/{link}")
        letters.mail(row, "card_asked", link)
        return link
