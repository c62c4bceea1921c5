"""What pages of accounts say that depends on the person, the partner or the invitation: whole sentences with named parameters."""

from portal.domain.accounts.roles import ROLE_WORDS
from portal.domain.sentences import counted, say
from portal.web.marked import marked


def who_changes_the_team(is_owner: bool) -> str:
    """Who may change what the page of the team shows."""
    if is_owner:
        return say("You own it, so you invite people, give them roles and take them out.")
    return say("Its owners invite people, give them roles and take them out.")


def role_holds(is_own: bool) -> str:
    """From when a new role holds."""
    if is_own:
        return say("This is you. As anything but an owner you cannot change it back yourself.")
    return say("It holds from their next page on.")


def mailed(invitation, when: str) -> str:
    """When an invitation was sent, and by whom where that is known; `when` is a time element."""
    if invitation.invited_by:
        return say("Mailed {when}, invited by {name}", when=when, name=invitation.invited_by.name)
    return say("Mailed {when}", when=when)


def withdrawn(mail: str) -> str:
    """What it means that an invitation is withdrawn."""
    return say(
        "The link that was mailed to {mail} lets nobody in any more. You can invite them again at any time.", mail=mail
    )


def lost_by_removal(member, left, partner: str) -> list[str]:
    """What is lost when somebody is taken out of the team; `left` is what they leave behind."""
    told: list[str] = [
        say("Every page of {partner} and of its test mode, from their next click on", partner=partner),
        say("The role of {role}", role=ROLE_WORDS[member.role]),
    ]
    if left.invitations and member.role == "owner":
        told.append(say("Open invitations that they sent: {invitations}", invitations=left.invitations))
    if left.tokens:
        told.append(
            say(
                "API tokens that they made go on working: {tokens}. Revoke those whose secret they should no longer "
                "know.",
                tokens=left.tokens,
            )
        )
    return told


def lost_by_leaving(membership, left) -> list[str]:
    """What is lost when one leaves a partner."""
    told: list[str] = [
        say("Every page of {name} and of its test mode", name=membership.partner.name),
        say("Your role of {role}", role=ROLE_WORDS[membership.role]),
    ]
    if left.invitations and membership.role == "owner":
        told.append(say("Open invitations that you sent: {invitations}", invitations=left.invitations))
    if left.tokens:
        told.append(say("API tokens that you made go on working: {tokens}", tokens=left.tokens))
    return told


def invites(invitation) -> str:
    """Who invites whom to what; nobody is named once they are gone."""
    named = {"mail": invitation.mail, "partner": invitation.partner.name, "role": ROLE_WORDS[invitation.role]}
    if invitation.invited_by:
        return marked(
            "{name} invites <strong>{mail}</strong> to work for <strong>{partner}</strong> as <strong>{role}</strong>.",
            name=invitation.invited_by.name, **named,
        )  # fmt: skip
    return marked(
        "An owner invites <strong>{mail}</strong> to work for <strong>{partner}</strong> as <strong>{role}</strong>.",
        **named,
    )


_OVER = {
    "accepted": say("It was accepted already. Sign in with the address that it was mailed to."),
    "withdrawn": say("{partner} has withdrawn it. If you think that this is a mistake, ask whoever invited you."),
    "expired": say("It was not accepted within seven days. Ask whoever invited you to {partner} to send it again."),
}
_UNKNOWN = say(
    "Perhaps there is a newer mail: only the link in the newest one works. Otherwise ask whoever invited "
    "you to send it again."
)


def over(state: str, invitation) -> str:
    """Why an invitation's link lets nobody in; of an unknown one there is no invitation."""
    return _OVER[state].format(partner=invitation.partner.name) if state in _OVER else _UNKNOWN


def sign_ins_ended(count: int) -> str:
    """How many other sign-ins have ended."""
    if not count:
        return say("There was no other sign-in.")
    return counted(count, "1 other sign-in has ended.", "{number} other sign-ins have ended.")


def codes_renewed(left: int) -> str:
    """What new recovery codes do to those that are left."""
    return counted(
        left,
        "You get ten new codes. The one that is left will no longer work.",
        "You get ten new codes. The {number} that are left will no longer work.",
    )


def codes_lost(left: int) -> str:
    """What stops working when the second factor is turned off."""
    return counted(
        left,
        "The key in your app and the recovery code that is left stop working",
        "The key in your app and the {number} recovery codes that are left stop working",
    )


def acts(is_test: bool) -> str:
    """What stands beside the partner that one acts for."""
    return say("You work for it now, in test mode") if is_test else say("You work for it now")


def logo(key: str | None) -> str:
    """Where a partner's logo is shown, or what stands for it."""
    return say("shown beside the name") if key else say("none yet: the first letter of the name stands for it")


def no_terms(present: int | None) -> str:
    """Why no version of the terms of use is accepted; `present` is the one in force."""
    return say("No version is accepted yet.") if present else say("The operator of this portal has published none.")
