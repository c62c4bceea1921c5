"""Whoever is written to by people whom they do not know can end that, in one click of the mail program's too (RFC 8058)."""

import dataclasses

import pytest

from portal.domain.accounts.team import invitations
from portal.domain.mail import stops
from portal.domain.mail.tables import Mail, MailStop
from portal.worker import drains
from tests.account.test_notifications import ONE_CLICK
from tests.delivery.servers import serving
from tests.delivery.smtp_server import postman


def invite(world, mail: str = "mia@members.example") -> Mail:
    """Acme's owner invites; the mail that was written."""
    by = world.acme.users["owner"].id
    invitations.invite(world.acme.partner, mail, "viewer", by, "http://127.0.0.1:8000/invitation/{}".format)
    return Mail.get(Mail.to == mail)


def test_an_invitation_says_why_it_came_and_carries_the_link_that_ends_such_mails(world, settings):
    mail = invite(world)
    assert "You get this because Acme Owner typed your address" in mail.text and mail.unsubscribe in mail.text
    with serving(postman()) as served:
        drains.run("mail", dataclasses.replace(settings, smtp_url=f"smtp://127.0.0.1:{served.port}"))
        (written,) = [row for row in served.received if b"Message-ID" in row]
    assert f"List-Unsubscribe: <{mail.unsubscribe}>\r\n".encode() in written
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in written


def test_the_link_asks_before_it_ends_them_and_they_can_be_allowed_again(world):
    link, visitor = invite(world).unsubscribe.removeprefix("http://127.0.0.1:8000"), world.anonymous()
    page = visitor.get(link)
    assert (
        page.status_code == 200 and "mia@members.example" in page.text and not stops.is_stopped("mia@members.example")
    )
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "You get no more mails from people" in visitor.post(link).text and stops.is_stopped("mia@members.example")
    assert "Get no more mails from people" in visitor.post(link, {"allowed": "1"}).text
    assert not stops.is_stopped("mia@members.example")


def test_a_mail_program_ends_them_with_one_click(world):
    link = invite(world).unsubscribe.removeprefix("http://127.0.0.1:8000")
    assert world.anonymous().post_without_token(link, ONE_CLICK).status_code == 200
    assert stops.is_stopped("mia@members.example")


@pytest.mark.parametrize("token", ["nothing", ".", "bWlhQG1lbWJlcnMuZXhhbXBsZQ==.short", "ä.ä", "%00.x"])
def test_no_other_link_ends_anything(world, token):
    for visitor in (world.anonymous(), world.as_("acme")):
        assert visitor.get(f"/no-more-mail/{token}").status_code in (400, 404)
        assert visitor.post_without_token(f"/no-more-mail/{token}", ONE_CLICK).status_code in (400, 404)
    assert not MailStop.select().exists()


def test_who_has_an_account_chooses_it_among_the_notifications(world):
    viewer = world.as_("acme", "viewer")
    for given, stopped in (({}, True), ({"allowed": "1"}, False)):
        assert viewer.post("/account/notifications/strangers", given).location == "/account/notifications"
        assert stops.is_stopped("viewer@acme.example") == stopped
        assert ('name="allowed" value="1" checked' in viewer.get("/account/notifications").text) != stopped
