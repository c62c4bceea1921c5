"""The states of pushes and of who gets them, and why one got nothing."""

from portal.domain.sentences import say

MANUAL, AUTO = "manual", "auto"
TRIAL = "trial"  # a manual one that its writer tried on themselves: lists have it apart
SCHEDULED, SENDING, SENT, CANCELLED, FAILED = "scheduled", "sending", "sent", "cancelled", "failed"
KINDS, STATES = (MANUAL, AUTO), (SCHEDULED, SENDING, SENT, CANCELLED, FAILED)
QUEUED = "queued"
TEMPLATE, CARD, SEGMENT, UNSEEN = "template", "card", "segment", "unseen"  # who gets it
MUTED, DELETED, WITHDRAWN, REFUSED, TRIED_OUT = "muted", "deleted", "withdrawn", "refused", "tried_out"
REASONS = {
    MUTED: say("Its holder wants no pushes"),
    DELETED: say("The card was deleted before its turn came"),
    WITHDRAWN: say("The push was cancelled before its turn came"),
    REFUSED: say("The push service refused it for good"),
    TRIED_OUT: say("The push service could not take it, however often it was tried"),
}
