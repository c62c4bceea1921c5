"""The season of Acme's events: evenings, tours and runs, what their tickets cost, and where they are sold."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from portal import clock
from portal.demo.cast import DAY, DAYS
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.ticketed_events import events, selling
from portal.domain.coupons.ticketed_events.tables import Bundle, Listing, PriceLevel, TicketedEvent

ZONE, SOLD_FOR = "Europe/Vienna", 45  # days before it begins
# Name, days from now, hour, and the price levels: name, price, tickets, whether a code opens it.
_HALL = (("Standard", 1900, 180, False), ("Front row", 3200, 40, False), ("Friends of the house", 1200, 30, True))
_RUN = (("Runner", 3900, 120, False), ("Child", 1500, 60, False), ("Start block A", 4900, 20, True))
_TOUR = (("Adult", 8900, 24, False), ("Youth", 5900, 12, False), ("Guides’ table", 6900, 6, True))
EVENTS = (
    ("Mountain film night", -74, 19, _HALL),
    ("Trail run along the river", -58, 9, _RUN),
    ("Hut tour for beginners", -41, 8, _TOUR),
    ("Evening with a high-altitude doctor", -27, 19, _HALL),
    ("Lantern walk", -13, 18, _TOUR),
    ("Night run in the old town", -4, 20, _RUN),
    ("Winter opening", 5, 17, _HALL),
    ("Snowshoe tour", 16, 8, _TOUR),
    ("Avalanche course", 33, 9, _TOUR),
    ("Season’s closing run", 60, 10, _RUN),
)
_OPEN = "Winter opening"  # its demo shop is open to whoever has the link


@dataclass
class Event:
    """An event with its price levels, the listing that sells it all, and a bundle."""

    event: TicketedEvent
    day: int
    levels: list[PriceLevel]
    listing: Listing
    bundle: Bundle | None

    @property
    def locked(self) -> PriceLevel:
        """What a code opens."""
        return self.levels[-1]

    def is_sold(self, day: int) -> bool:
        """Whether its tickets are sold so many days from now."""
        return 0 < self.day - day <= SOLD_FOR


@dataclass
class Season:
    """All of them."""

    events: list[Event] = field(default_factory=list)

    @property
    def locked(self) -> list[int]:
        """The price levels that codes open."""
        return [each.locked.id for each in self.events]


def begin(acme: Partner) -> Season:
    """Announce the season at its beginning."""
    with clock.acting(-DAYS * DAY):
        return Season([_event(acme, *each) for each in EVENTS])


def _event(acme: Partner, name: str, day: int, hour: int, levels: tuple) -> Event:
    starts = clock.from_micros(clock.wall_micros()).astimezone(ZoneInfo(ZONE)) + timedelta(days=day)
    event = events.create(acme.id, name, starts.replace(hour=hour, minute=0, second=0, microsecond=0), ZONE, "EUR")
    made = [events.add_level(acme.id, event.id, *level) for level in levels]
    first, second = made[:2]
    bundle = selling.bundle(acme.id, f"{first.name} and {second.name}", [first.id, second.id], _together(first, second))
    listing = selling.listing(acme.id, event.id, [level.id for level in made])
    if name == _OPEN:
        Listing.update(is_open=True).where(Listing.id == listing.id).execute()
        selling.listing(acme.id, event.id, [first.id])  # at the door
    return Event(event, day, made, listing, bundle)


def _together(*levels: PriceLevel) -> int:
    return sum(level.price for level in levels) * 9 // 10
