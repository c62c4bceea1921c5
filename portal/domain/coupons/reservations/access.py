"""Who may do what with a reservation: whoever knows its secret, or its seller (contract: coupons, "Reservation-Secret")."""

from collections.abc import Collection
from typing import NamedTuple

from portal.database import Statement
from portal.domain.coupons.reservations import held
from portal.domain.coupons.reservations.held import Held
from portal.domain.errors import NotFound
from portal.domain.identifiers import digest, typed_id
from portal.domain.sentences import say


class Known(NamedTuple):
    """A reservation whose secret was shown; and when the first of its seller's that nobody has settled runs out, microseconds."""

    id: int
    partner_id: int
    clock_offset: int
    next_end: int | None


_BY_SECRET = Statement(
    """SELECT r.id, r.partner_id, p.clock_offset,
        (SELECT MIN(o.expires_at) FROM reservation o WHERE o.partner_id = r.partner_id AND o.state = 'held') AS next_end
    FROM reservation r JOIN partner p ON p.id = r.partner_id
    WHERE r.id = :reservation AND r.secret_digest = :digest AND p.disabled_at IS NULL""",
    Known,
)


def by_secret(reservation_id: str, secret: str) -> Known | None:
    """The reservation with this secret; None for a wrong one and for one that is unknown, alike."""
    return _BY_SECRET.row(reservation=typed_id(reservation_id) or 0, digest=digest(secret))


def by_token(token: str) -> Held | None:
    """The reservation that this read-only token is of."""
    return held.of_token(digest(token))


def of_sellers(partner_ids: Collection[int], reservation_id: str) -> Held:
    """A reservation of one of the sellers. Raises NotFound."""
    number = typed_id(reservation_id)
    found = held.seen(number) if number else None
    if found is None or found.partner_id not in partner_ids:
        raise NotFound(say("reservation"))
    return found
