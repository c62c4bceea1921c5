"""What files that were imported know of a person goes with it: `domain/cards/persons.py` asks."""

from typing import NamedTuple

from portal.database import Statement, transaction
from portal.domain.cards.imports.tables import CardImport, CardImportKey, CardImportRow
from portal.domain.importing.words import BAD, CHANGED, NEW
from portal.domain.importing.work import kept
from portal.domain.members.tables import Member
from portal.domain.sentences import say


class _Line(NamedTuple):
    id: int
    card_import_id: int
    line: int


_WHY = say("The person of this line was erased.")
_OF_MEMBER = Statement("SELECT id, card_import_id, line FROM card_import_row WHERE member_id = :member", _Line)
_BY_KEY = Statement(
    """SELECT DISTINCT r.id, r.card_import_id, r.line FROM card_import i JOIN card_import_key k ON k.card_import_id = i.id
        JOIN card_import_row r ON r.card_import_id = k.card_import_id AND r.line = k.line
    WHERE i.partner_id = :partner AND k.key IN :keys""",
    _Line,
)
_EMPTY = Statement(
    f"""UPDATE card_import_row SET errors = CASE WHEN state IN ('{NEW}', '{CHANGED}') THEN :why ELSE errors END,
        state = CASE WHEN state IN ('{NEW}', '{CHANGED}') THEN '{BAD}' ELSE state END, cells = '[]', named = NULL WHERE id = :row"""
)
_UNKNOW = Statement("DELETE FROM card_import_key WHERE card_import_id = :id AND line = :line")


def forget(member: Member) -> None:
    """In the transaction that erases somebody: their lines say nothing any more, and are not imported."""
    about = {row.id: row for row in _OF_MEMBER.rows(member=member.id)}
    about |= {row.id: row for row in _BY_KEY.rows(partner=member.partner_id, keys=_keys(member))}
    for row in about.values():
        _EMPTY.run(row=row.id, why=kept([["line", _WHY]]))
        _UNKNOW.run(id=row.card_import_id, line=row.line)


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


def _keys(member: Member) -> list[str]:
    known = {field: getattr(member, field) for field in ("phone", "mail", "external_user_id")}
    return [*(f"{field}:{text}" for field, text in known.items() if text), f"member:{member.id}"]
