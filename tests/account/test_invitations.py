"""An invitation is a mailed link that lets one person in, once, within seven days."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.partners import disabling as partner_disabling
from portal.domain.accounts.people import people
from portal.domain.accounts.tables import Membership, User
from portal.domain.accounts.team import invitations
from portal.domain.accounts.team.tables import Invitation
from portal.domain.errors import Refused
from portal.domain.events.tables import Event
from portal.domain.keeping import keeping
from portal.domain.mail.tables import Mail
from tests.account.mails import newest_link
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.on_both_engines

TEAM, NEW = "/account/team", "/account/team/invitations/new"
MAIL = "ada@new.example"
JOINING = {"name": "Ada New", "password": "a long enough password"}


def invite(world, mail=MAIL, role="manager") -> str:
    """Acme's owner invites; the path of the link that was mailed."""
    answer = world.as_("acme").post(NEW, {"mail": mail, "role": role})
    assert answer.location == TEAM, answer.text
    return newest_link(mail)


def make_older(**times) -> None:
    for name, past in times.items():
        Invitation.update({name: clock.now() - past}).execute()


def role_of(mail: str, partner) -> str | None:
    found = Membership.select().join(User).where(User.mail == mail, Membership.partner == partner).first()
    return found and found.role


def facts(partner) -> list[str]:
    return [event.type for event in Event.select().where(Event.partner == partner).order_by(Event.id)]


def test_the_mail_says_who_invites_to_what_and_only_its_receiver_has_the_link(world):
    link = invite(world)
    mail = Mail.get(Mail.to == MAIL)
    assert mail.subject == "Invitation to Acme"
    assert "Acme Owner invites you to work for Acme" in mail.text and "as manager" in mail.text
    page = world.as_("acme").get(TEAM).text
    assert MAIL in page and link not in page and "works until" in page
    assert link.rsplit("/", 1)[1] not in Invitation.get().key_digest
    assert MAIL not in world.as_("acme", "manager").get(TEAM).text, "Only owners see who is invited."


def test_somebody_new_gives_a_name_and_a_password_and_is_in(world):
    link, visitor = invite(world), world.anonymous()
    page = visitor.get(link)
    assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer"
    assert "<strong>Acme</strong> as <strong>manager</strong>" in page.text
    assert visitor.post(link, JOINING).location == "/"
    assert visitor.get("/catalogs/new").status_code == 200
    assert role_of(MAIL, world.acme.partner) == "manager" and people.proven(MAIL, JOINING["password"])
    assert facts(world.acme.partner)[-2:] == ["team.invited", "team.joined"]
    assert Event.get(Event.type == "team.joined").actor == f"user:{User.get(User.mail == MAIL).id}"
    again = world.anonymous().get(link)
    assert again.status_code == 410 and "It was accepted already" in again.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 121, "Give at most 120 characters."),
        ("password", "short", "Choose a password of 10 to 200 characters."),
    ],
)
def test_what_somebody_new_gives_wrong_is_told(world, field, value, sentence):
    link = invite(world)
    answer = world.anonymous().post(link, JOINING | {field: value})
    assert answer.status_code == 422 and sentence in answer.text
    assert User.get_or_none(User.mail == MAIL) is None and Invitation.get().accepted_at is None


def test_who_is_known_signs_in_first_and_comes_back(world):
    link, visitor = invite(world, "viewer@rival.example", "viewer"), world.anonymous()
    page = visitor.get(link).text
    assert f'href="/sign-in?next={link}"' in page.replace("%2F", "/")
    assert 'name="password"' not in page
    assert 'value="viewer@rival.example"' in visitor.get(f"/sign-in?next={link}").text
    typed = {"mail": "viewer@rival.example", "password": PASSWORD, "next": link}
    assert visitor.post("/sign-in", typed).location == link
    assert role_of("viewer@rival.example", world.acme.partner) is None, "Nobody joins before they accept."
    visitor = world.as_("rival", "viewer")  # The form's token is that of the new session.
    assert "Accept" in visitor.get(link).text
    assert visitor.post(link).location == "/"
    assert role_of("viewer@rival.example", world.acme.partner) == "viewer"
    assert "Welcome. You work for Acme as viewer." in (page := visitor.get("/account/sign-ins").text)
    assert '<span class="menu-text"><strong>Acme</strong>' in page, "One acts for whom one has just joined."


def test_a_known_person_who_is_not_signed_in_cannot_be_made_anew(world):
    link = invite(world, "viewer@rival.example")
    world.anonymous().post(link, JOINING)
    assert role_of("viewer@rival.example", world.acme.partner) is None
    assert people.proven("viewer@rival.example", PASSWORD)


def test_somebody_else_is_told_so_and_may_sign_out(world):
    link, visitor = invite(world), world.as_("rival", "viewer")
    page = visitor.get(link).text
    assert "You are signed in as <strong>viewer@rival.example</strong>" in page
    visitor.post(link, JOINING)
    assert role_of("viewer@rival.example", world.acme.partner) is None
    assert visitor.post("/sign-out", {"next": link}).location == link
    assert "Your name" in visitor.get(link).text


def test_signing_out_leads_nowhere_else(world):
    for next_ in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert world.as_("acme").post("/sign-out", {"next": next_}).location == "/"
    assert world.as_("acme").post("/sign-out").location == "/sign-in"


def test_an_invitation_ends_after_seven_days_and_can_be_sent_again(world):
    link = invite(world)
    make_older(expires_at=timedelta(seconds=1), sent_at=timedelta(days=7))
    over = world.anonymous().get(link)
    assert over.status_code == 410 and "It was not accepted within seven days" in over.text
    world.anonymous().post(link, JOINING)
    assert role_of(MAIL, world.acme.partner) is None
    owner = world.as_("acme")
    assert "Expired" in owner.get(TEAM).text
    assert owner.post(f"{TEAM}/invitations/{Invitation.get().id}/resending").location == TEAM
    newer = newest_link(MAIL)
    assert newer != link and world.anonymous().get(newer).status_code == 200
    assert "Perhaps there is a newer mail" in world.anonymous().get(link).text
    assert facts(world.acme.partner)[-1] == "team.invited_again"


def test_it_is_not_sent_twice_within_a_minute(world):
    link = invite(world)
    answer = world.as_("acme").post(f"{TEAM}/invitations/{Invitation.get().id}/resending")
    assert answer.status_code == 400 and "less than a minute ago" in answer.text
    assert world.anonymous().get(link).status_code == 200 and Mail.select().count() == 1


def test_a_withdrawn_invitation_lets_nobody_in(world):
    link, owner = invite(world), world.as_("acme")
    place = f"{TEAM}/invitations/{Invitation.get().id}/withdrawal"
    assert MAIL in owner.get(place).text and Invitation.get().withdrawn_at is None
    assert owner.post(place).location == TEAM
    assert f"The invitation for {MAIL} is withdrawn." in owner.get(TEAM).text
    assert MAIL not in owner.get(TEAM).text
    over = world.anonymous().get(link)
    assert over.status_code == 410 and "Acme has withdrawn it" in over.text
    assert owner.post(place).status_code == 404, "What has ended is missing."
    assert facts(world.acme.partner)[-1] == "team.invitation_withdrawn"
    assert invite(world) != link


def test_nobody_is_invited_twice_or_without_need(world):
    invite(world)
    for mail, sentence in ((MAIL.upper(), "is invited already"), ("viewer@acme.example", "works here already")):
        answer = world.as_("acme").post(NEW, {"mail": mail, "role": "viewer"})
        assert answer.status_code == 422 and sentence in answer.text
    assert world.as_("rival").post(NEW, {"mail": MAIL, "role": "viewer"}).location == TEAM, "Another partner may."
    for mail in ("nobody", "a@b@c", ""):
        assert world.as_("acme").post(NEW, {"mail": mail, "role": "viewer"}).status_code == 422


def test_who_joined_by_another_way_is_told(world):
    link = invite(world, "viewer@rival.example")
    Membership.create(user=world.rival.users["viewer"], partner=world.acme.partner, role="cashier")
    answer = world.as_("rival", "viewer").post(link)
    assert answer.status_code == 422 and "You work here already, as cashier" in answer.text
    assert Invitation.get().accepted_at is None


def test_an_invitation_that_ended_while_it_was_read_is_refused(world):
    invite(world)
    row = Invitation.get()
    Invitation.update(withdrawn_at=clock.now()).execute()
    with pytest.raises(Refused, match="has ended meanwhile"):
        invitations.accept_as_new(row, **JOINING)
    assert User.get_or_none(User.mail == MAIL) is None


def test_no_link_at_all_is_answered_as_an_ended_one(world):
    answer = world.anonymous().get("/invitation/nothing")
    assert answer.status_code == 410 and "This invitation works no more" in answer.text


def test_old_invitations_are_forgotten(world):
    invite(world)
    make_older(expires_at=timedelta(days=89))
    keeping.forget_old()
    assert Invitation.select().exists()
    make_older(expires_at=timedelta(days=91))
    keeping.forget_old()
    assert not Invitation.select().exists()


def test_nobody_joins_a_partner_that_the_operator_keeps_out(world):
    link, visitor = invite(world), world.anonymous()
    partner_disabling.disable(world.acme.partner)
    refused = visitor.post(link, JOINING)
    assert "is closed for the time being" in refused.text
    assert not User.select().where(User.mail == MAIL).exists()
    partner_disabling.enable(world.acme.partner)
    assert visitor.post(link, JOINING).location == "/"


@pytest.mark.parametrize(
    ("smtp_url", "said"),
    [
        pytest.param("", "this portal sends none", marks=pytest.mark.settings(smtp_url="")),
        pytest.param("smtp", "is on its way to", marks=pytest.mark.settings(smtp_url="smtp://127.0.0.1")),
    ],
)
def test_no_page_says_that_a_mail_is_on_its_way_where_none_leaves(world, smtp_url, said):
    invite(world)
    make_older(sent_at=timedelta(days=1))
    owner = world.as_("acme")
    for path in (f"{TEAM}/invitations/{Invitation.get().id}/resending", NEW):
        owner.post(path, {"mail": "bo@members.example", "role": "viewer"})
        page = owner.get(TEAM).text
        assert said in page and (smtp_url or "on its way" not in page)
