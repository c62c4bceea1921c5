"""Phones that keep a card in a wallet are forgotten some time after its deletion: until then they fetch the pass that says so."""

from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction
from portal.domain.keeping.ageing import Keeping, Own, mark_up_to, marked

_LAST = timedelta(days=90)
_MARK = "wallet registrations looked at"
_NEXT = Statement("SELECT id FROM wallet_registration WHERE id > :mark ORDER BY id LIMIT :most")
_DROP = Statement(
    """DELETE FROM wallet_registration WHERE id IN :registrations AND EXISTS (
        SELECT 1 FROM card c JOIN partner p ON p.id = c.partner_id WHERE c.id = wallet_registration.card_id
            AND c.deleted_at <= :until + CAST(p.clock_offset AS BIGINT) * 1000000)"""
)


def _forget(most: int) -> int:
    """Look at some more, round and round, for no index tells which cards of wallets are deleted; how many were forgotten."""
    with transaction():
        found = _NEXT.values(mark=marked(_MARK), most=most)
        mark_up_to(_MARK, found[-1] if len(found) == most else 0)
        return _DROP.run(registrations=found, until=clock.micros() - _LAST // clock.MICROSECOND)


KEEPING: tuple[Keeping, ...] = (Own("phones that keep a card in their wallet", _LAST, _forget),)
