"""What a listing's demo shop sells: its price levels and bundles, without what is locked and no code opened."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from portal.domain.accounts.tables import Partner
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.ticketed_events.tables import (
    Bundle,
    BundleLevel,
    Listing,
    ListingLevel,
    PriceLevel,
    TicketedEvent,
)


class Ware(NamedTuple):
    """A price level or a bundle, what it costs in minor units, how many are left, and whether a code opened it."""

    level_id: int | None
    bundle_id: int | None
    name: str
    price: int
    left: int
    is_opened: bool

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"level-{self.level_id}" if self.bundle_id is None else f"bundle-{self.bundle_id}"

    def wanted(self, quantity: int) -> Wanted:
        """So many of it."""
        return Wanted(self.level_id, quantity, self.bundle_id)


def find(key: str) -> Listing | None:
    """The listing whose shop has this key, with its event and seller; none of a disabled seller."""
    whole = Listing.select(Listing, TicketedEvent, Partner).join(TicketedEvent).switch(Listing).join(Partner)
    return whole.where(Listing.key == key, Partner.disabled_at.is_null()).first()


def of(listing: Listing, opened: Collection[int] = ()) -> list[Ware]:
    """What it sells to somebody whose codes opened these price levels."""
    sold = PriceLevel.select().join(ListingLevel).where(ListingLevel.listing == listing).order_by(PriceLevel.id)
    levels = {level.id: level for level in sold if not level.is_locked or level.id in opened}
    singles = [Ware(one.id, None, one.name, one.price, _left(one), one.is_locked) for one in levels.values()]
    return singles + _bundles(listing, levels)


def _bundles(listing: Listing, levels: dict[int, PriceLevel]) -> list[Ware]:
    """Those of which every part is sold."""
    parts: dict[Bundle, list[int]] = defaultdict(list)
    named = BundleLevel.select(BundleLevel, Bundle).join(Bundle).where(Bundle.event == listing.event_id)
    for row in named.order_by(Bundle.id):
        parts[row.bundle].append(row.price_level_id)
    return [
        Ware(None, bundle.id, bundle.name, bundle.price, min(_left(levels[each]) for each in ids), False)
        for bundle, ids in parts.items()
        if levels.keys() >= set(ids)
    ]


def _left(level: PriceLevel) -> int:
    return max(level.capacity - level.taken, 0)
