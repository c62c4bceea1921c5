"""What pages of accounts say that depends on the thing: each sentence is a whole one."""

from types import SimpleNamespace

from markupsafe import Markup, escape

from portal.account import sentences

ACME = SimpleNamespace(name="Acme & Co")
MIA = SimpleNamespace(name="Mia <3")


def left(invitations=0, tokens=0):
    return SimpleNamespace(invitations=invitations, tokens=tokens)


def test_the_team_says_who_changes_it_and_when():
    changes = "invite people, give them roles and take them out."
    assert sentences.who_changes_the_team(True) == f"You own it, so you {changes}"
    assert sentences.who_changes_the_team(False) == f"Its owners {changes}"
    own = "This is you. As anything but an owner you cannot change it back yourself."
    assert [sentences.role_holds(True), sentences.role_holds(False)] == [own, "It holds from their next page on."]


def test_an_invitation_says_who_sent_it_and_to_what():
    when = Markup("<time>now</time>")
    told = {"mail": "omar@example.com", "partner": ACME, "role": "manager"}
    by_mia, by_nobody = SimpleNamespace(invited_by=MIA, **told), SimpleNamespace(invited_by=None, **told)
    assert escape(sentences.mailed(by_mia, when)) == "Mailed <time>now</time>, invited by Mia &lt;3"
    assert escape(sentences.mailed(by_nobody, when)) == "Mailed <time>now</time>"
    to_what = (
        "invites <strong>omar@example.com</strong> to work for <strong>Acme &amp; Co</strong> "
        "as <strong>manager</strong>."
    )
    assert sentences.invites(by_mia) == f"Mia &lt;3 {to_what}"
    assert sentences.invites(by_nobody) == f"An owner {to_what}"
    assert sentences.withdrawn("omar@example.com") == (
        "The link that was mailed to omar@example.com lets nobody in any more. You can invite them again at any time."
    )


def test_a_link_that_is_over_says_why():
    invitation = SimpleNamespace(partner=ACME)
    withdrawn = "Acme & Co has withdrawn it. If you think that this is a mistake, ask whoever invited you."
    expired = "It was not accepted within seven days. Ask whoever invited you to Acme & Co to send it again."
    assert sentences.over("withdrawn", invitation) == withdrawn
    assert sentences.over("expired", invitation) == expired
    accepted = "It was accepted already. Sign in with the address that it was mailed to."
    assert sentences.over("accepted", invitation) == accepted
    assert sentences.over("unknown", None) == (
        "Perhaps there is a newer mail: only the link in the newest one works. "
        "Otherwise ask whoever invited you to send it again."
    )


def test_what_is_lost_when_somebody_goes():
    owner, viewer = (SimpleNamespace(role=role, partner=ACME) for role in ("owner", "viewer"))
    assert sentences.lost_by_removal(owner, left(invitations=2, tokens=3), "Acme") == [
        "Every page of Acme and of its test mode, from their next click on",
        "The role of owner",
        "Open invitations that they sent: 2",
        "API tokens that they made go on working: 3. Revoke those whose secret they should no longer know.",
    ]
    assert sentences.lost_by_removal(viewer, left(invitations=2), "Acme")[1:] == ["The role of viewer"]
    assert sentences.lost_by_leaving(owner, left(invitations=2, tokens=3)) == [
        "Every page of Acme & Co and of its test mode",
        "Your role of owner",
        "Open invitations that you sent: 2",
        "API tokens that you made go on working: 3",
    ]
    assert sentences.lost_by_leaving(viewer, left(invitations=2))[1:] == ["Your role of viewer"]


def test_counts_of_sign_ins_and_codes():
    assert [sentences.sign_ins_ended(count) for count in (0, 1, 2)] == [
        "There was no other sign-in.",
        "1 other sign-in has ended.",
        "2 other sign-ins have ended.",
    ]
    assert sentences.codes_renewed(1) == "You get ten new codes. The one that is left will no longer work."
    assert sentences.codes_lost(1) == "The key in your app and the recovery code that is left stop working"
    assert sentences.codes_lost(0) == "The key in your app and the 0 recovery codes that are left stop working"
    assert sentences.codes_renewed(10) == "You get ten new codes. The 10 that are left will no longer work."


def test_the_partner_says_how_one_stands_with_it():
    assert [sentences.acts(True), sentences.acts(False)] == ["You work for it now, in test mode", "You work for it now"]
    assert sentences.logo("k3y") == "shown beside the name"
    assert sentences.logo(None) == "none yet: the first letter of the name stands for it"
    assert sentences.no_terms(2) == "No version is accepted yet."
    assert sentences.no_terms(None) == "The operator of this portal has published none."
