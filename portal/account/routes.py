"""Coming in and going out, the partner one acts for, its team and settings, and the safety of one's own account."""

from portal.account import (
    acting,
    areas,
    details,
    invitations,
    joining,
    mailed_links,
    memberships,
    notifications,
    pages,
    pickers,
    profile,
    second_factor,
    second_step,
    security,
    sign_up,
    team,
    terms,
    waits,
)
from portal.account.shortcuts import OTHER_WORDS, SHORTCUTS
from portal.account.thing_pages import HITS, THINGS
from portal.domain.accounts.roles import MAY_EDIT, MAY_OWN, MAY_VIEW, ROLES
from portal.domain.sentences import say
from portal.routing import PUBLIC, SIGNED_IN, SIGNED_LINK, Area, page, roles
from portal.web.places import EVERYBODY, SETTINGS, Place

_BIGGEST = 2**63 - 1
_ID = f"<int(max={_BIGGEST})"
_OWN = roles(MAY_OWN)

ROUTES = [
    page("GET POST", "/sign-in", pages.sign_in, PUBLIC),
    page("GET POST", "/sign-in/code", second_step.code, PUBLIC),
    page("GET POST", "/sign-up", sign_up.begin, PUBLIC),
    page("GET POST", "/sign-up/code", sign_up.code, PUBLIC),
    page("POST", "/sign-up/code/resending", sign_up.send_again, PUBLIC),
    page("GET POST", "/sign-up/confirmation/<link>", sign_up.confirmation, PUBLIC),
    page("POST", "/sign-out", pages.sign_out, PUBLIC),
    page("GET POST", "/password-reset", mailed_links.ask_for_reset, PUBLIC),
    page("GET POST", "/password-reset/<key>", mailed_links.reset_password, PUBLIC),
    page("GET POST", "/address-proof/<key>", mailed_links.prove_address, PUBLIC),
    page("POST", "/account/address-proof", mailed_links.send_proof_again, SIGNED_IN),
    page("POST", "/acting-partner", acting.act_for, SIGNED_IN),
    page("GET", "/for/<slug>/<path:place>", acting.follow, SIGNED_IN),
    page("POST", "/test-mode", acting.test_mode, roles(ROLES)),
    page("POST", "/language", details.language, PUBLIC),
    page("GET POST", "/account/details", details.edit, SIGNED_IN),
    page("GET", "/account/sign-ins", security.sign_ins, SIGNED_IN),
    page("POST", "/account/sign-ins/others/ending", security.end_others, SIGNED_IN),
    page("POST", f"/account/sign-ins/<int(max={_BIGGEST}):sign_in_id>/ending", security.end_one, SIGNED_IN),
    page("GET POST", "/account/password", security.password, SIGNED_IN),
    page("GET POST", "/account/second-factor", second_factor.show, SIGNED_IN),
    page("GET POST", "/account/second-factor/set-up", second_factor.set_up, SIGNED_IN),
    page("GET POST", "/account/second-factor/recovery-codes", second_factor.recovery_codes, SIGNED_IN),
    page("GET POST", "/account/second-factor/removal", second_factor.removal, SIGNED_IN),
    page("GET", "/account/notifications", notifications.index, SIGNED_IN),
    page("POST", f"/account/notifications/{_ID}:partner_id>", notifications.choose, SIGNED_IN),
    page("POST", "/account/notifications/strangers", notifications.strangers, SIGNED_IN),
    page("GET POST", "/no-more-mail/<stop>", notifications.no_more, SIGNED_LINK),
    page("GET POST", "/unsubscribe/<token>", notifications.unsubscribe, SIGNED_LINK),
    page("GET", "/account/team", team.index, roles(ROLES)),
    page("GET POST", f"/account/team/{_ID}:membership_id>/role", team.role, _OWN),
    page("GET POST", f"/account/team/{_ID}:membership_id>/removal", team.removal, _OWN),
    page("GET POST", "/account/team/invitations/new", invitations.new, _OWN),
    page("POST", f"/account/team/invitations/{_ID}:invitation_id>/resending", invitations.send_again, _OWN),
    page("GET POST", f"/account/team/invitations/{_ID}:invitation_id>/withdrawal", invitations.withdrawal, _OWN),
    page("GET POST", "/invitation/<key>", joining.join, PUBLIC),
    page("GET", "/account/memberships", memberships.index, SIGNED_IN),
    page("GET POST", "/account/memberships/new", memberships.found, SIGNED_IN),
    page("GET POST", f"/account/memberships/{_ID}:membership_id>/leaving", memberships.leaving, SIGNED_IN),
    page("GET", "/account/partner", profile.show, roles(MAY_VIEW)),
    page("GET POST", "/account/partner/edit", profile.edit, _OWN),
    page("POST", "/account/partner/terms", terms.accept, _OWN),
    page("GET", "/account/areas", areas.index, roles(MAY_VIEW)),
    page("POST", "/account/areas", areas.choose, _OWN),
    page("POST", "/account/areas/<name>", areas.switch, _OWN),
    page("GET", "/account/choices/<kind>", pickers.choices, SIGNED_IN),
    page("GET", "/terms", terms.present, PUBLIC),
    page("GET", f"/terms/{_ID}:number>", terms.version, PUBLIC),
]
PLACES = (
    Place(say("Company"), "account.profile.show", "building-2", SETTINGS, MAY_VIEW, ("/account/partner",)),
    Place(say("Team"), "account.team.index", "users", SETTINGS, frozenset(ROLES), ("/account/team",)),
    Place(say("Locations"), "locations.index", "map-pin", SETTINGS, MAY_VIEW, ("/account/locations",)),
    Place(say("Wallets"), "wallets.index", "wallet", SETTINGS, MAY_OWN, ("/account/wallets",)),
    Place(say("Tariff"), "tariffs.own.show", "tags", SETTINGS, MAY_VIEW, ("/account/tariff",), of_companies=True),
    Place(say("Areas"), "account.areas.index", "layers", SETTINGS, MAY_VIEW, ("/account/areas",)),
    Place(say("Activity"), "activity.index", "activity", SETTINGS, MAY_EDIT, ("/account/activity",)),
    Place(say("Your details"), "account.details.edit", "circle-user", SETTINGS, EVERYBODY, ("/account/details",)),
    Place(
        say("Notifications"), "account.notifications.index", "bell", SETTINGS, EVERYBODY, ("/account/notifications",)
    ),
    Place(say("Password"), "account.security.password", "lock", SETTINGS, EVERYBODY, ("/account/password",)),
    Place(
        say("Second factor"),
        "account.second_factor.show",
        "smartphone",
        SETTINGS,
        EVERYBODY,
        ("/account/second-factor",),
    ),
    Place(say("Sign-ins"), "account.security.sign_ins", "shield-check", SETTINGS, EVERYBODY, ("/account/sign-ins",)),
    Place(
        say("Your partners"), "account.memberships.index", "building-2", SETTINGS, EVERYBODY, ("/account/memberships",)
    ),
)
AREA = Area(
    (ROUTES,), PLACES, hits=HITS, things=THINGS, waits=waits.of_owner, shortcuts=SHORTCUTS, other_words=OTHER_WORDS
)
