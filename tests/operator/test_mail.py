"""Mail that nobody received can be read by the operator, and sent again."""

import re
from uuid import uuid4

import pytest

from portal.database import transaction
from portal.domain.accounts.sign_ins import password_resets
from portal.domain.accounts.team import invitations
from portal.domain.mail import letterbox, outbox
from portal.domain.mail.tables import Mail
from tests.support import mailed

LIST = "/operator/mail"


@pytest.fixture
def reset_mail(world):
    mailed.reset_key("owner@acme.example")
    mail = Mail.get()
    outbox.kept(mail)
    return mail


def test_a_kept_link_is_handed_over(world, reset_mail):
    operator = world.as_("operator")
    assert f'href="{LIST}/{reset_mail.uuid}"' in operator.get(f"{LIST}?state=kept").text
    page = operator.get(f"{LIST}/{reset_mail.uuid}")
    assert page.headers["Cache-Control"] == "no-store"
    link = re.search(r"<code>http://127\.0\.0\.1:8000(/password-reset/\w+)</code>", page.text)[1]
    assert world.anonymous().get(link).status_code == 200


def test_the_lines_of_a_mail_stay_lines(world):
    text = "Hello\n\n-- \nYou get this.\nEnd it: http://127.0.0.1:8000/unsubscribe/x"
    mail = Mail.create(uuid=str(uuid4()), to="a@b.example", subject="Paid", text=text, state="kept")
    page = world.as_("operator").get(f"{LIST}/{mail.uuid}").text
    assert 'class="stack written"' in page and "<p>-- \nYou get this.\nEnd it: http" in page


@pytest.mark.on_both_engines
def test_a_failed_mail_is_sent_again_once(world, reset_mail):
    outbox.refused(reset_mail, "550 no such user <script>alert(1)</script>")
    operator, path = world.as_("operator"), f"{LIST}/{reset_mail.uuid}"
    assert "<script>alert" not in operator.get(LIST).text + operator.get(path).text
    assert operator.post_without_token(f"{path}/retry").status_code == 400
    assert operator.post(f"{path}/retry").location == path
    mail = letterbox.find(reset_mail.uuid)
    assert (mail.state, mail.attempts, mail.error) == ("waiting", 0, None)
    assert outbox.take_due().uuid == reset_mail.uuid
    assert operator.post(f"{path}/retry").status_code == 400


def test_a_mail_that_was_sent_lets_nobody_in_who_reads_it_later(world, reset_mail):
    key = re.search(r"/password-reset/(\w+)", reset_mail.text)[1]
    link, owner = "http://127.0.0.1:8000/invitation/{}".format, world.acme.users["owner"].id
    invitations.invite(world.acme.partner, "in@vited.example", "viewer", owner, link)
    for mail in Mail.select():
        outbox.sent(mail)
    assert [re.findall(r"/(?:password-reset|invitation)/(\S+)", mail.text) for mail in Mail.select()] == [["…"]] * 2
    page = world.as_("operator").get(f"{LIST}/{reset_mail.uuid}").text
    assert key not in page and "Open this link within an hour" in page
    assert password_resets.owner_of(key), "Whoever got the mail can use it."


@pytest.mark.on_both_engines
def test_mail_is_found_by_its_receiver_and_the_list_goes_back(world):
    with transaction():
        for number in range(60):
            outbox.put("ada@example.com", f"Hello {number}", "already_signed_up", name="Ada", link="", reset="")
            outbox.put("bo@example.com", f"Hi {number}", "already_signed_up", name="Bo", link="", reset="")
    operator = world.as_("operator")
    first = operator.get(f"{LIST}?to=ADA@example.com").text
    assert (first.count(">Hello "), first.count(">Hi ")) == (50, 0) and "Newer" not in first
    second = operator.get(f"{LIST}?to=ada@example.com&before={Mail.get(Mail.subject == 'Hello 10').id}").text
    assert second.count(">Hello ") == 10 and "Older" not in second
    newer = second.split('rel="prev"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert operator.get(newer).text.count(">Hello ") == 50
    assert "Type the whole address" in operator.get(f"{LIST}?to=ad").text


@pytest.mark.on_both_engines
def test_mail_is_told_apart_by_state(world, reset_mail):
    operator = world.as_("operator")
    for state, is_there in {
        "kept": True,
        "failed": False,
        "waiting": False,
        "sent": False,
        "": True,
        "odd": True,
    }.items():
        assert (reset_mail.uuid in operator.get(f"{LIST}?state={state}").text) is is_there


def test_an_empty_letterbox_says_what_it_is_for(world):
    assert "No mail here" in world.as_("operator").get(LIST).text
