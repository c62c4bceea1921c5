"""Phones that keep a card in a wallet are forgotten some time after its deletion: until then they fetch the pass that says so."""

from collections.abc import Callable
from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction
from portal.domain.keeping.ageing import Keeping, Own, mark_up_to, marked

_LAST = timedelta(days=90)


def _forgets(table: str, mark: str) -> Callable[[int], int]:
    """What looks at some more of the table, round and round, for no index tells which cards of wallets are deleted; it tells how many
    rows were forgotten."""
    following = Statement(f"SELECT id FROM {table} WHERE id > :mark ORDER BY id LIMIT :most")
    drop = Statement(
        f"""DELETE FROM {table} WHERE id IN :found AND EXISTS (
            SELECT 1 FROM card c JOIN partner p ON p.id = c.partner_id WHERE c.id = {table}.card_id
                AND c.deleted_at <= :until + CAST(p.clock_offset AS BIGINT) * 1000000)"""
    )

    def forget(most: int) -> int:
        with transaction():
            found = following.values(mark=marked(mark), most=most)
            mark_up_to(mark, found[-1] if len(found) == most else 0)
            return drop.run(found=found, until=clock.micros() - _LAST // clock.MICROSECOND)

    return forget


KEEPING: tuple[Keeping, ...] = (
    Own(
        "phones that keep a card in their wallet",
        _LAST,
        _forgets("wallet_registration", "wallet registrations looked at"),
    ),
    Own("that a card stands in wallets", _LAST, _forgets("wallet_holding", "wallet holdings looked at")),
)
