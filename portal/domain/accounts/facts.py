"""Types of events about partners, their people and tokens: the sentence a timeline shows, and the kinds to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "partner.signed_up": say("Signed up"),
    "partner.confirmed": say("Confirmed by the operator"),
    "partner.disabled": say("Kept out by the operator"),
    "partner.enabled": say("Let in again by the operator"),
    "partner.changed": say("Settings changed"),
    "partner.areas_changed": say("Areas switched on or off"),
    "partner.origins_changed": say("Websites that may ask the API changed"),
    "test_mode.made": say("Test mode made"),
    "test_mode.put_ahead": say("Clock of the test mode put ahead"),
    "first_steps.put_away": say("List of first steps put away"),
    "first_steps.brought_back": say("List of first steps brought back"),
    "terms.accepted": say("Terms of use accepted"),
    "team.invited": say("Somebody invited into the team"),
    "team.invited_again": say("Invitation sent again"),
    "team.invitation_withdrawn": say("Invitation withdrawn"),
    "team.joined": say("Joined the team"),
    "team.role_changed": say("Role changed"),
    "team.removed": say("Taken out of the team"),
    "team.left": say("Left the team"),
    "location.opened": say("Location opened"),
    "location.changed": say("Location changed"),
    "location.closed": say("Location closed"),
    "location.staffed": say("Who works at a location changed"),
    "token.created": say("API token made"),
    "token.changed": say("API token changed"),
    "token.rotated": say("API token replaced by a new one"),
    "token.revoked": say("API token revoked"),
    "sign_in.new_place": say("Signed in from a new address"),
    "sign_in.acted_for": say("Chose the partner to work for"),
    "sign_in.stepped_in": say("Stepped into a company"),
    "password.changed": say("Password changed"),
    "password.link_made": say("Link to set a new password made by the operator"),
    "second_factor.on": say("Second factor turned on"),
    "second_factor.off": say("Second factor turned off"),
    "second_factor.removed": say("Second factor removed by the operator"),
    "recovery_code.used": say("A recovery code was used"),
    "recovery_codes.made": say("New recovery codes made"),
    "person.renamed": say("Person renamed"),
    "person.proved": say("Mail address proved"),
    "person.mail_changed": say("Mail address changed by the operator"),
    "person.disabled": say("Person kept out by the operator"),
    "person.enabled": say("Person let in again by the operator"),
}
KINDS = {
    "team": FactKind(say("Team"), ("team.", "person.", "location.")),
    "safety": FactKind(
        say("Sign-ins and passwords"), ("sign_in.", "password.", "second_factor.", "recovery_code.", "recovery_codes.")
    ),
    "tokens": FactKind(say("API tokens"), ("token.",)),
    "partner": FactKind(say("Settings and terms"), ("partner.", "terms.", "first_steps.", "test_mode.")),
}
FIELDS = {
    "address": say("Address"),
    "name": say("Name"),
    "time_zone": say("Time zone"),
    "currency": say("Currency"),
    "logo": say("Logo"),
    "language": say("Language"),
    "permits": say("What it may do"),
    "rate_limit": say("Requests a minute"),
    "expires_at": say("Last day"),
}
