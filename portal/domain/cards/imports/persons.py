"""What files that were imported know of a person goes with it: `domain/cards/persons.py` asks."""

from peewee import Select

from portal.domain.cards.imports.tables import CardImport, CardImportKey, CardImportRow
from portal.domain.importing.words import BAD, CHANGED, NEW
from portal.domain.members.tables import Member
from portal.domain.sentences import say

_WHY = [["line", say("The person of this line was erased.")]]


def forget(member: Member) -> None:
    """In the transaction that erases somebody: their lines say nothing any more, and are not imported."""
    for rows in (CardImportRow.member == member, CardImportRow.id.in_(_by_key(member))):
        waiting = CardImportRow.state.in_((NEW, CHANGED))
        CardImportRow.update(state=BAD, errors=_WHY).where(rows, waiting).execute()
        CardImportRow.update(cells=[], named=None).where(rows).execute()
    known = CardImportKey.select(CardImportKey.id).join(CardImport)
    known = known.where(CardImport.partner == member.partner_id, CardImportKey.key.in_(_keys(member)))
    CardImportKey.delete().where(CardImportKey.id.in_(known)).execute()


def unite(gone: Member, kept: Member) -> None:
    """In the transaction that makes two customers one: lines that became the one are the other's."""
    CardImportRow.update(member=kept).where(CardImportRow.member == gone).execute()


def _by_key(member: Member) -> Select:
    on = (CardImportKey.card_import == CardImportRow.card_import) & (CardImportKey.line == CardImportRow.line)
    found = CardImportRow.select(CardImportRow.id).join(CardImportKey, on=on)
    found = found.join(CardImport, on=CardImport.id == CardImportRow.card_import)
    return found.where(CardImport.partner == member.partner_id, CardImportKey.key.in_(_keys(member)))


def _keys(member: Member) -> list[str]:
    known = [f"{field}:{getattr(member, field)}" for field in ("phone", "mail", "external_user_id")]
    return [*known, f"member:{member.id}"]
