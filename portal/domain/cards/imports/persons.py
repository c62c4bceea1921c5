"""What files that were imported know of a person goes with it: `domain/cards/persons.py` asks."""

from peewee import Select

from portal.database import transaction
from portal.domain.cards.imports.tables import CardImport, CardImportKey, CardImportRow
from portal.domain.importing.words import BAD, CHANGED, NEW
from portal.domain.members.tables import Member
from portal.domain.sentences import say

_WHY = [["line", say("The person of this line was erased.")]]


def forget(member: Member) -> None:
    """In the transaction that erases somebody: their lines say nothing any more, and are not imported."""
    for lines in (CardImportRow.member == member, CardImportRow.id.in_(_by_key(member))):
        rows = list(CardImportRow.select(CardImportRow.id, CardImportRow.card_import, CardImportRow.line).where(lines))
        these = CardImportRow.id.in_([row.id for row in rows])
        waiting = CardImportRow.state.in_((NEW, CHANGED))
        CardImportRow.update(state=BAD, errors=_WHY).where(these, waiting).execute()
        CardImportRow.update(cells=[], named=None).where(these).execute()
        for row in rows:
            of_line = (CardImportKey.card_import == row.card_import_id) & (CardImportKey.line == row.line)
            CardImportKey.delete().where(of_line).execute()


def unite(gone: Member, kept: Member) -> None:
    """In the transaction that makes two customers one: lines about the one are about the other, and go with them."""
    CardImportRow.update(member=kept).where(CardImportRow.member == gone).execute()
    about = CardImportKey.select(CardImportKey.card_import, CardImportKey.of, CardImportKey.line).join(CardImport)
    about = about.where(CardImport.partner == gone.partner_id, CardImportKey.key.in_(_keys(gone))).distinct()
    keys = [(line.card_import_id, line.of, line.line, f"member:{kept.id}") for line in about]
    if keys:
        names = (CardImportKey.card_import, CardImportKey.of, CardImportKey.line, CardImportKey.key)
        CardImportKey.insert_many(keys, names).on_conflict_ignore().execute()


def forget_old(most: int = 1000) -> int:
    """Remove what was known of lines that are removed themselves; nonzero while there is more to do."""
    removed = CardImportKey.select(CardImportKey.id).join(CardImport).where(CardImport.forget_at.is_null()).limit(most)
    with transaction():
        return CardImportKey.delete().where(CardImportKey.id.in_(removed)).execute()


def _by_key(member: Member) -> Select:
    on = (CardImportKey.card_import == CardImportRow.card_import) & (CardImportKey.line == CardImportRow.line)
    found = CardImportRow.select(CardImportRow.id).join(CardImportKey, on=on)
    found = found.join(CardImport, on=CardImport.id == CardImportRow.card_import)
    return found.where(CardImport.partner == member.partner_id, CardImportKey.key.in_(_keys(member)))


def _keys(member: Member) -> list[str]:
    known = {field: getattr(member, field) for field in ("phone", "mail", "external_user_id")}
    return [*(f"{field}:{text}" for field, text in known.items() if text), f"member:{member.id}"]
