"""Mail that nobody received can be read by the operator, and sent again."""

import re

import pytest

from portal.domain.accounts import password_resets
from portal.domain.mail import letterbox, outbox
from portal.domain.mail.tables import Mail

LIST = "/operator/mail"


@pytest.fixture
def reset_mail(world):
    password_resets.ask("owner@acme.example", lambda key: f"http://127.0.0.1:8000/password-reset/{key}")
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


def test_a_failed_mail_is_sent_again_once(world, reset_mail):
    outbox.refused(reset_mail, "550 no such user <script>alert(1)</script>")
    operator, path = world.as_("operator"), f"{LIST}/{reset_mail.uuid}"
    assert "<script>alert" not in operator.get(LIST).text + operator.get(path).text
    assert operator.post_without_token(f"{path}/retry").status_code == 400
    assert operator.post(f"{path}/retry").location == path
    mail = letterbox.find(reset_mail.uuid)
    assert (mail.state, mail.attempts, mail.error) == ("waiting", 0, None)
    assert [due.uuid for due in outbox.take_due()] == [reset_mail.uuid]
    assert operator.post(f"{path}/retry").status_code == 400


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
