"""Types of events about customers: the sentence a timeline shows, and the kind to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "member.created": say("Customer added"),
    "member.changed": say("Customer changed"),
    "member.erased": say("Customer erased"),
    "member.merged": say("Two customers made one"),
    "member.banned": say("Customer banned from offers"),
    "member.unbanned": say("Ban of a customer lifted"),
    "member.password_set": say("Customer set a password"),
    "member.password_removed": say("Customer removed the password"),
    "member.messages_on": say("Customer agreed to news"),
    "member.messages_off": say("Customer wants no news"),
    "member.mail_changed": say("Customer took another mail address"),
    "segment.created": say("Segment of customers made"),
    "segment.renamed": say("Segment of customers renamed"),
    "segment.removed": say("Segment of customers removed"),
    "segment.joined": say("Customer put into a segment"),
    "segment.left": say("Customer taken out of a segment"),
}
KINDS = {"customers": FactKind(say("Customers"), ("member.", "segment.", "oauth_app."))}
FIELDS = {
    "first_name": say("First name"),
    "surname": say("Surname"),
    "phone": say("Phone"),
    "date_of_birth": say("Date of birth"),
    "gender": say("Gender"),
    "external_user_id": say("Id in your software"),
}
