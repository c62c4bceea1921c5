"""Deals that name a promoter that nobody is: they wait until somebody has looked."""

from portal.database import Statement, transaction
from portal.domain.errors import NotFound
from portal.domain.events import log
from portal.domain.sentences import say

_FIND = Statement("SELECT uuid FROM deal WHERE uuid = :uuid AND partner_id = :partner")
_LOOKED = Statement(
    "UPDATE deal SET unknown_uid = NULL WHERE uuid = :uuid AND partner_id = :partner AND unknown_uid IS NOT NULL"
)


def looked_at(partner_id: int, uuid: str) -> None:
    """The merchant leaves the deal to nobody, and it waits no longer. Repeating it changes nothing. Raises NotFound."""
    with transaction():
        if _FIND.value(uuid=uuid.lower(), partner=partner_id) is None:
            raise NotFound(say("deal"))
        if _LOOKED.run(uuid=uuid.lower(), partner=partner_id):
            log.record(partner_id, "deal.left_to_nobody", "deal", uuid.lower())
