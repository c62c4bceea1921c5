"""What the limits and options of tariffs are called, and what is said where they forbid something."""

from portal.domain.sentences import forms, say

# By the name of the limit: what it is called, the refusal to add one, and that of a tariff with fewer.
LIMITS = {
    "templates": say("Templates"),
    "managers": say("Managers"),
    "locations": say("Locations"),
    "integrations": say("API tokens"),
}
OVER = {
    "templates": forms(
        "The tariff allows 1 template, and there is one. Archive it, or ask for a larger tariff.",
        "The tariff allows {number} templates, and there are {present}. Archive one, or ask for a larger tariff.",
    ),
    "managers": forms(
        "The tariff allows 1 person in the team beside the owner, and there is one; who is invited counts. Take somebody out, or ask "
        "for a larger tariff.",
        "The tariff allows {number} people in the team beside the owner, and there are {present}; who is invited counts. Take somebody "
        "out, or ask for a larger tariff.",
    ),
    "locations": forms(
        "The tariff allows 1 location, and there is one. Close it, or ask for a larger tariff.",
        "The tariff allows {number} locations, and there are {present}. Close one, or ask for a larger tariff.",
    ),
    "integrations": forms(
        "The tariff allows 1 API token, and there is one. Revoke it, or ask for a larger tariff.",
        "The tariff allows {number} API tokens, and there are {present}. Revoke one, or ask for a larger tariff.",
    ),
}  # fmt: skip
FEWER = {
    "templates": forms(
        "{tariff} allows 1 template, and {company} has {present}. Archive some first.",
        "{tariff} allows {number} templates, and {company} has {present}. Archive some first.",
    ),
    "managers": forms(
        "{tariff} allows 1 person in the team beside the owner, and {company} has {present}. Take some out of the team first.",
        "{tariff} allows {number} people in the team beside the owner, and {company} has {present}. Take some out of the team first.",
    ),
    "locations": forms(
        "{tariff} allows 1 location, and {company} has {present}. Close some first.",
        "{tariff} allows {number} locations, and {company} has {present}. Close some first.",
    ),
    "integrations": forms(
        "{tariff} allows 1 API token, and {company} has {present}. Revoke some first.",
        "{tariff} allows {number} API tokens, and {company} has {present}. Revoke some first.",
    ),
}
# By the column of the option: what it is called, and the refusal.
OPTIONS = {
    "push": (say("Pushes"), say("The tariff has no pushes.")),
    "auto_push": (say("Automatic pushes"), say("The tariff has no automatic pushes.")),
    "custom_auto_push": (say("Automatic pushes of your own"), say("The tariff has no automatic pushes of your own.")),
    "custom_fields": (say("Custom fields"), say("The tariff has no custom fields.")),
    "duplicates_check": (say("Search for duplicates"), say("The tariff has no search for duplicates.")),
    "may_integrate": (say("Integrations"), say("The tariff has no integrations: no API token can be made.")),
    "referral_program": (say("Referral program"), say("The tariff has no referral program.")),
    "reports": (say("Charts and exports"), say("The tariff has no charts and no exports.")),
    "white_label": (say("Cards without the portal’s name"), say("The tariff shows the portal’s name on cards.")),
}
