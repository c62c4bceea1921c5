"""What a client token may be allowed to do with member offers, by whom it asks for, and in which scopes (contract: member-offers)."""

from portal.domain.sentences import say

_BASE = "Offers:Api:MemberOffers:"
LIST, LIST_BY_ID, LIST_PREVIEW = f"{_BASE}ListVisible", f"{_BASE}ListVisibleByMemberId", f"{_BASE}ListVisiblePreview"
GET, GET_BY_ID, GET_PREVIEW = f"{_BASE}Get", f"{_BASE}GetByMemberId", f"{_BASE}GetPreview"
META, META_BY_ID, META_PREVIEW = f"{_BASE}GetMeta", f"{_BASE}GetMetaByMemberId", f"{_BASE}GetMetaPreview"
USE, USE_BY_ID = f"{_BASE}Use", f"{_BASE}UseByMemberId"
LIKE, LIKE_BY_ID = f"{_BASE}Like", f"{_BASE}LikeByMemberId"
GRANT_BY_ID = f"{_BASE}GrantByMemberId"
SEEN, CLICKED = f"{_BASE}Events:Seen", f"{_BASE}Events:Clicked"

OF_SCOPES = {
    "standard": "Offers:Api:Scopes:Standard",
    "informational": "Offers:Api:Scopes:Informational",
    "parking": "Offers:Api:Scopes:Parking",
    "carbon_offset": "Offers:Api:Scopes:CarbonOffset",
    "reward": "Offers:Api:Scopes:Reward",
}
PERMITS: dict[str, str] = {
    LIST: say("List offers for the signed-in member"),
    LIST_BY_ID: say("List offers for any member"),
    LIST_PREVIEW: say("List offers for guests"),
    GET: say("Read an offer for the signed-in member"),
    GET_BY_ID: say("Read an offer for any member"),
    GET_PREVIEW: say("Read an offer for guests"),
    META: say("Read tags, stores and collections for the signed-in member"),
    META_BY_ID: say("Read tags, stores and collections for any member"),
    META_PREVIEW: say("Read tags, stores and collections for guests"),
    USE: say("Use an offer for the signed-in member"),
    USE_BY_ID: say("Use an offer for any member"),
    LIKE: say("Like offers for the signed-in member"),
    LIKE_BY_ID: say("Like offers for any member"),
    GRANT_BY_ID: say("Grant offers to members"),
    SEEN: say("Tell that the signed-in member saw offers"),
    CLICKED: say("Tell that the signed-in member opened offers"),
    OF_SCOPES["standard"]: say("Offers for general use"),
    OF_SCOPES["informational"]: say("Offers to be read"),
    OF_SCOPES["parking"]: say("Offers for parking"),
    OF_SCOPES["carbon_offset"]: say("Offers for carbon offset check-ins"),
    OF_SCOPES["reward"]: say("Offers for rewards"),
}
