"""What a listing's demo shop sells: its price levels and bundles, without what is locked and no code opened."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from portal.domain.accounts.tables import Partner
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.shop import strangers
from portal.domain.coupons.shop.strangers import Shared
from portal.domain.coupons.ticketed_events.tables import (
    Bundle,
    BundleLevel,
    Listing,
    ListingLevel,
    PriceLevel,
    TicketedEvent,
)

Left = tuple[int, bool]  # how many, and whether the rest is kept


class Ware(NamedTuple):
    """A price level or a bundle, what it costs in minor units, how many the visitor may have, and whether a code opened it."""

    level_id: int | None
    bundle_id: int | None
    name: str
    price: int
    left: int
    is_kept: bool  # There are some, though none for whoever is not of the team.
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


def of(listing: Listing, opened: Collection[int] = (), for_strangers: bool = False) -> list[Ware]:
    """What it sells to somebody whose codes opened these price levels."""
    sold = PriceLevel.select().join(ListingLevel).where(ListingLevel.listing == listing).order_by(PriceLevel.id)
    levels = {level.id: level for level in sold if not level.is_locked or level.id in opened}
    room = strangers.shared(listing.event_id) if for_strangers else {}
    left = {level.id: _left(level, room.get(level.id)) for level in levels.values()}
    singles = [Ware(one.id, None, one.name, one.price, *left[one.id], one.is_locked) for one in levels.values()]
    return singles + _bundles(listing, left)


def _bundles(listing: Listing, left: Mapping[int, Left]) -> list[Ware]:
    """Those of which every part is sold."""
    parts: dict[Bundle, list[int]] = defaultdict(list)
    named = BundleLevel.select(BundleLevel, Bundle).join(Bundle).where(Bundle.event == listing.event_id)
    for row in named.order_by(Bundle.id):
        parts[row.bundle].append(row.price_level_id)
    return [
        Ware(None, bundle.id, bundle.name, bundle.price, *min(left[each] for each in ids), False)
        for bundle, ids in parts.items()
        if left.keys() >= set(ids)
    ]


def _left(level: PriceLevel, shared: Shared | None) -> Left:
    free = max(level.capacity - level.taken, 0)
    number = free if shared is None else shared.room
    return number, number < free and not number
