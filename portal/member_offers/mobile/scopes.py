"""What members read of offers that are not for general use."""

from typing import NamedTuple

from portal.domain.member_offers.words import CARBON_OFFSET, INFORMATIONAL, PARKING, REWARD, STANDARD
from portal.domain.sentences import say


class Kind(NamedTuple):
    """What they are called together, what each is marked with, and an icon."""

    title: str
    mark: str
    icon: str


KINDS = {
    STANDARD: Kind(say("Offers"), "", "gift"),
    INFORMATIONAL: Kind(say("Good to know"), say("To read"), "book-open"),
    PARKING: Kind(say("Parking"), say("For parking"), "map-pin"),
    CARBON_OFFSET: Kind(say("Good for the climate"), say("For the climate"), "sun"),
    REWARD: Kind(say("Rewards"), say("A reward"), "award"),
}
