"""What the holder of cards changes of themselves, by what their cards need (contract: cards, "Whose, and what when")."""

from portal.database import transaction
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardField, CardTemplate
from portal.domain.errors import Invalid
from portal.domain.members import holding, members
from portal.domain.members.tables import Member
from portal.domain.sentences import say


def change(member: Member, given: dict) -> Member:
    """As `members.change`, by the member. Raises Invalid, too, where they take their phone away and a card of theirs needs it, and
    where they give another date of birth than the one that is known: what is for birthdays would come as often as they like."""
    with transaction():
        holding.hold(member)  # Nobody issues them such a card meanwhile.
        if given.get("date_of_birth"):
            _refuse_if_known(member, given["date_of_birth"])
        if "phone" in given and not (given["phone"] or "").strip():
            _refuse_if_needed(member)
        return members.change(member, given)


def _refuse_if_known(member: Member, day: str) -> None:
    known = Member.select(Member.date_of_birth).where(Member.id == member.id).scalar()
    if known and known.isoformat() != day.strip():
        raise Invalid("date_of_birth", say("Your date of birth is known already. Ask at the counter to change it."))


def _refuse_if_needed(member: Member) -> None:
    has_phone = Member.select().where(Member.id == member.id, Member.phone_typed.is_null(False)).exists()
    if has_phone and (name := _asks_for_phone(member.id)):
        raise Invalid("phone", say("Your card {name} needs a phone number.", name=name))


def _asks_for_phone(member_id: int) -> str | None:
    """The name of one of the member's cards whose template must have their phone."""
    theirs = (Card.member == member_id, Card.deleted_at.is_null())
    asked = (CardField.kind == "phone", CardField.is_required, CardField.removed_at.is_null())
    named = CardTemplate.select(CardTemplate.name).join(Card).switch(CardTemplate).join(CardField)
    return named.where(*theirs, *asked).order_by(CardTemplate.id).scalar()
