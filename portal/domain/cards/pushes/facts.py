"""Types of events about pushes: the sentence a timeline shows, and the kind to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "push.written": say("Push written"),
    "push.began": say("Sending of a push begun"),
    "push.sent": say("Push sent"),
    "push.failed": say("Push failed"),
    "push.noted": say("That a push failed was seen"),
    "push.settings_changed": say("Settings of pushes changed"),
    "push.automatic_changed": say("Automatic push changed"),
    "push.cancelled": say("Push cancelled"),
}
KINDS = {"pushes": FactKind(say("Pushes"), ("push.",))}
FIELDS = {
    "quiet_from": say("Quiet from"),
    "quiet_to": say("Quiet to"),
    "weekly_most": say("Most a week by themselves"),
}
