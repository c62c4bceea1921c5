"""Types of events about partners, their people and tokens: the sentence a timeline shows, and the kinds to filter by."""

from portal.domain.areas import FactKind

FACTS = {
    "partner.signed_up": "Signed up",
    "partner.confirmed": "Confirmed by the operator",
    "partner.disabled": "Kept out by the operator",
    "partner.enabled": "Let in again by the operator",
    "partner.changed": "Settings changed",
    "partner.areas_changed": "Areas switched on or off",
    "test_mode.made": "Test mode made",
    "test_mode.put_ahead": "Clock of the test mode put ahead",
    "first_steps.put_away": "List of first steps put away",
    "first_steps.brought_back": "List of first steps brought back",
    "terms.accepted": "Terms of use accepted",
    "team.invited": "Somebody invited into the team",
    "team.invited_again": "Invitation sent again",
    "team.invitation_withdrawn": "Invitation withdrawn",
    "team.joined": "Joined the team",
    "team.role_changed": "Role changed",
    "team.removed": "Taken out of the team",
    "team.left": "Left the team",
    "token.created": "API token made",
    "token.changed": "API token changed",
    "token.rotated": "API token replaced by a new one",
    "token.revoked": "API token revoked",
    "sign_in.new_place": "Signed in from a new address",
    "sign_in.acted_for": "Chose the partner to work for",
    "password.changed": "Password changed",
    "password.link_made": "Link to set a new password made by the operator",
    "second_factor.on": "Second factor turned on",
    "second_factor.off": "Second factor turned off",
    "second_factor.removed": "Second factor removed by the operator",
    "recovery_code.used": "A recovery code was used",
    "recovery_codes.made": "New recovery codes made",
    "person.renamed": "Person renamed",
    "person.proved": "Mail address proved",
    "person.mail_changed": "Mail address changed by the operator",
    "person.disabled": "Person kept out by the operator",
    "person.enabled": "Person let in again by the operator",
}
KINDS = {
    "team": FactKind("Team", ("team.", "person.")),
    "safety": FactKind(
        "Sign-ins and passwords", ("sign_in.", "password.", "second_factor.", "recovery_code.", "recovery_codes.")
    ),
    "tokens": FactKind("API tokens", ("token.",)),
    "partner": FactKind("Settings and terms", ("partner.", "terms.", "first_steps.", "test_mode.")),
}
