"""Types of events about the feed, and the kind to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "feed_listing.added": say("Offer listed in the feed"),
    "feed_listing.changed": say("Listing in the feed changed"),
    "feed_listing.removed": say("Offer taken out of the feed"),
}
KINDS = {"feed": FactKind(say("Offers in the feed"), ("feed_listing.",))}
FIELDS = {
    "terms": say("Terms"),
    "leads_to": say("Where it leads"),
    "image": say("Picture"),
    "square_image": say("Square picture"),
    "age_restricted": say("For adults alone"),
    "button_discount": say("Discount on the button"),
    "button_description": say("Text beside the button"),
    "code_type": say("Kind of code"),
    "code": say("Code"),
    "starts_at": say("Start"),
    "ends_at": say("End"),
}
