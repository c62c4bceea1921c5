"""What a member has in a club, and what is offered there: cards as their holder sees them, templates of which cards are issued."""

from peewee import JOIN

from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards import lists, serials
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardTemplate, MembershipTier
from portal.domain.members.tables import Member

_MOST = 30


def whole():
    """Cards with their template, partner, holder and tier of a membership, all in one query."""
    of_template = Card.select(Card, CardTemplate, Partner, Member, MembershipTier).join(CardTemplate).join(Partner)
    return of_template.switch(Card).join(Member).switch(Card).join(MembershipTier, JOIN.LEFT_OUTER)


def has_any(partner_id: int) -> bool:
    """Whether the partner has templates of cards, archived ones as well."""
    return CardTemplate.select().where(CardTemplate.partner == partner_id).exists()


def cards(partner_id: int, member_id: int) -> list[Card]:
    """The member's cards that are not deleted, newest first, as moments that have passed have decided."""
    rows, _ = lists.page(partner_id, _MOST, 0, member=member_id)
    return list(whole().where(Card.id.in_([row.id for row in rows])).order_by(Card.id.desc()))


def by_key(key: str) -> Card | None:
    """The card whose page this key opens; none of a partner that is closed."""
    return whole().where(Card.key == key, Partner.disabled_at.is_null()).first()


def card(partner_id: int, member_id: int, typed: str) -> Card | None:
    """The member's card of this number, in any notation, a deleted one as well."""
    its = (Card.serial == serials.normal(typed), Card.partner == partner_id, Card.member == member_id)
    return whole().where(*its).first()


def offered(partner_id: int) -> list[CardTemplate]:
    """The templates that everybody is offered, newest first."""
    whole = CardTemplate.select(CardTemplate, Partner).join(Partner)
    shown = (CardTemplate.partner == partner_id, CardTemplate.archived_at.is_null(), CardTemplate.in_club)
    return list(whole.where(*shown).order_by(CardTemplate.id.desc()).limit(_MOST))
