"""Types of events about a club's apps: the sentence a timeline shows."""

from portal.domain.sentences import say

FACTS = {
    "oauth_app.created": say("App added"),
    "oauth_app.changed": say("App changed"),
    "oauth_app.removed": say("App removed"),
}
