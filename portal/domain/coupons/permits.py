"""What a client token may be allowed to do in the coupons family."""

from portal.domain.sentences import say

COUPONS_READ = say("Coupons:Coupons:Read")
COUPONS_WRITE = say("Coupons:Coupons:Write")
EVENTS_READ = say("Coupons:Events:Read")
EVENTS_WRITE = say("Coupons:Events:Write")
RESERVATIONS_READ = say("Coupons:Reservations:Read")
RESERVATIONS_WRITE = say("Coupons:Reservations:Write")

PERMITS: dict[str, str] = {
    COUPONS_READ: say("Read coupons and see why one is not valid"),
    COUPONS_WRITE: say("Create, change and assign coupons"),
    EVENTS_READ: say("Read ticketed events, price levels, bundles and listings"),
    EVENTS_WRITE: say("Create and change ticketed events, price levels, bundles and listings"),
    RESERVATIONS_READ: say("Read reservations"),
    RESERVATIONS_WRITE: say("Reserve tickets, buy them and let them go"),
}
