"""What a client token may be allowed to do with the feed."""

from portal.domain.sentences import say

OFFERS_READ = say("Feed:Offers:Read")
OFFERS_CLICK = say("Feed:Offers:Click")
EVENTS_READ = say("Feed:Events:Read")

PERMITS: dict[str, str] = {
    OFFERS_READ: say("Read the offers feed"),
    OFFERS_CLICK: say("Record clicks on offers of the feed, and draw their codes"),
    EVENTS_READ: say("Read what happened, event by event"),
}
