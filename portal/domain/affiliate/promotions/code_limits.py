"""Until when a promo code counts, and how often. A use is a deal that it brought and that is not canceled."""

from datetime import datetime

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import Wrong

MOST_USES = 1_000_000
# Where one reads that a code may be used, another may have used it up, ended it, or handed it on meanwhile.
_TAKE = Statement(
    """UPDATE promo_code SET uses = uses + 1 WHERE id = :code AND promotion_id = :promotion AND ended_at IS NULL
    AND (uses_limit IS NULL OR uses < uses_limit)"""
)
_TAKE_AGAIN = Statement("UPDATE promo_code SET uses = uses + 1 WHERE id = :code")
_GIVE_BACK = Statement(
    "UPDATE promo_code SET uses = uses - 1 WHERE id = (SELECT used_code_id FROM deal WHERE id = :deal)"
)


def _ends_at(value: datetime | None) -> datetime | None:
    if value is not None and value <= clock.now():
        raise Wrong(say("Choose an end that is still ahead, or leave it empty."))
    return value


def _uses_limit(value: int | None) -> int | None:
    if value is not None and not 1 <= value <= MOST_USES:
        raise Wrong(say("Give a number from 1 to {most}, or leave it empty.", most=f"{MOST_USES:,}"))
    return value


FIELDS: dict[str, values.Check] = {"ends_at": _ends_at, "uses_limit": _uses_limit}


def checked(ends_at: datetime | None, uses_limit: int | None) -> dict:
    """Both as they are stored; None is no end, or no limit. Raises Invalid with what is wrong."""
    return values.checked({"ends_at": ends_at, "uses_limit": uses_limit}, FIELDS)


def change(code: PromoCode, ends_at: datetime | None, uses_limit: int | None) -> None:
    """Set both anew; uses that are there stay, also above a lower limit. Raises Invalid, Refused for one that is somebody
    else's meanwhile."""
    taken, promotion = checked(ends_at, uses_limit), code.promotion
    its = (PromoCode.id == code.id, PromoCode.promotion == promotion, PromoCode.is_personal == code.is_personal)
    with transaction():
        if not PromoCode.update(**taken).where(*its).execute():
            raise Refused(say("The merchant handed it on a moment ago. Look at it again."))
        sides, said = (code.merchant_id, promotion.promoter_id), {"code": code.code, "uses_limit": uses_limit}
        log.record_for_both(sides, "promo_code.limited", "promotion", promotion.uid, said)


def take(code_id: int, promotion_id: int) -> bool:
    """Use the code of a promotion once, in the transaction of the deal; whether it still could be used."""
    return _TAKE.run(code=code_id, promotion=promotion_id) == 1


def take_again(code_id: int) -> None:
    """A deal that was canceled by time is there again, with all that it was made under: its use counts, past the limit too."""
    _TAKE_AGAIN.run(code=code_id)


def give_back(deal_id: int) -> None:
    """The deal is canceled: the code that brought it, if one did, can be used once more."""
    _GIVE_BACK.run(deal=deal_id)
