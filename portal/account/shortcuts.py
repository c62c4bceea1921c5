"""What the search knows of settings, of the team and of what stands in the menu's foot, by the words that people type."""

from portal.domain.accounts.roles import ROLES
from portal.domain.sentences import say
from portal.routing import SIGNED_IN, roles
from portal.web.shortcuts import Shortcut

OTHER_WORDS = {
    "account.profile.show": say("settings profile address logo currency time zone business"),
    "account.team.index": say("people colleagues members users roles employees staff"),
    "activity.index": say("log history audit events who did what"),
    "account.areas.index": say("settings add modules features switch on off affiliate earn"),
    "account.details.edit": say("settings my profile account name mail email address language"),
    "account.notifications.index": say("settings mails emails alerts unsubscribe"),
    "account.security.password": say("settings change security"),
    "account.second_factor.show": say("2fa mfa totp two authenticator app security recovery codes"),
    "account.security.sign_ins": say("sessions devices browsers everywhere security"),
    "account.memberships.index": say("companies switch leave organisations accounts"),
}
SHORTCUTS = (
    Shortcut(
        say("Invite a colleague"), "user-plus", "account.invitations.new", say("add person team member user employee"), is_act=True
    ),
    Shortcut(say("Edit the company"), "pencil", "account.profile.edit", say("settings change name address logo vat"), is_act=True),
    Shortcut(say("Terms of use"), "scroll-text", "account.terms.present", say("legal conditions agreement privacy")),
    Shortcut(
        say("Test mode, in or out"), "flask-conical", words=say("sandbox try demo testing switch leave live"), is_act=True,
        form="test-mode", access=roles(ROLES),
    ),
    Shortcut(
        say("Dark or light theme"), "moon", words=say("night mode colours colors appearance"), is_act=True,
        script="data-theme-toggle", access=SIGNED_IN,
    ),
    Shortcut(
        say("Sign out"), "log-out", words=say("log out logout leave exit"), is_act=True, form="sign-out", access=SIGNED_IN,
    ),
)  # fmt: skip
