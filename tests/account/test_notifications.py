"""What people choose to be told, and links that end mails without signing in."""

import dataclasses

import pytest

from portal.domain.accounts.notifications import choices as notification_choices
from portal.domain.accounts.notifications import unsubscribing
from portal.domain.accounts.notifications.choices import KINDS
from portal.domain.accounts.notifications.tables import NotificationChoice
from portal.domain.accounts.tables import Membership
from portal.domain.affiliate.notices.kinds import ANSWER, PAYOUT, QUESTION
from portal.domain.errors import NotFound
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.routing import SIGNED_LINK_KIND
from portal.worker import drains
from tests.delivery.servers import serving
from tests.delivery.smtp_server import postman
from tests.support import things
from tests.test_route_matrix import address

PLACE = "/account/notifications"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def owner(world):
    return world.acme.users["owner"]


def link_of(world, kind=PAYOUT, role="owner") -> str:
    """The path that a mail to one of acme's people would carry."""
    receivers = notification_choices.receivers(world.acme.id, kind)
    receiver = next(found for found in receivers if found.user_id == world.acme.users[role].id)
    return unsubscribing.link(receiver, kind).removeprefix("http://127.0.0.1:8000")


def told_to(world, kind) -> set[str]:
    return {receiver.mail.split("@")[0] for receiver in notification_choices.receivers(world.acme.id, kind)}


def test_owners_and_managers_are_told_by_default_viewers_if_they_want_cashiers_never(world):
    assert {kind: told_to(world, kind) for kind in KINDS} == {kind: {"owner", "manager"} for kind in KINDS}
    world.as_("acme", "viewer").post(f"{PLACE}/{world.acme.id}", {"kind": [PAYOUT, "unknown"]})
    assert told_to(world, PAYOUT) == {"owner", "manager", "viewer"} and told_to(world, ANSWER) == {"owner", "manager"}
    cashier = world.as_("acme", "cashier")
    assert "Nothing to be told of" in cashier.get(PLACE).text
    assert cashier.post(f"{PLACE}/{world.acme.id}", {"kind": PAYOUT}).status_code == 404
    assert "cashier" not in told_to(world, PAYOUT)


def test_the_page_shows_what_was_chosen(world, owner):
    visitor = world.as_("acme")
    assert visitor.get(PLACE).text.count(" checked") == len(KINDS) + 1  # and people whom one does not know
    assert visitor.post(f"{PLACE}/{world.acme.id}", {"kind": [PAYOUT, QUESTION]}).location == PLACE
    page = visitor.get(PLACE).text
    assert [kind for kind in KINDS if f'value="{kind}" checked' in page] == [QUESTION, PAYOUT]
    visitor.post(f"{PLACE}/{world.acme.id}", {"kind": list(KINDS)})
    assert told_to(world, ANSWER) == {"owner", "manager"}


def test_each_partner_of_a_person_is_chosen_for_itself(world, owner):
    Membership.create(user=owner, partner=world.rival.partner, role="viewer")
    visitor = world.as_("acme")
    page = visitor.get(PLACE).text
    assert "Acme" in page and "Rival" in page
    visitor.post(f"{PLACE}/{world.rival.id}", {"kind": PAYOUT})
    assert owner.id in {found.user_id for found in notification_choices.receivers(world.rival.id, PAYOUT)}
    assert "owner" in told_to(world, ANSWER)


def test_a_strangers_partner_looks_like_a_missing_one(world):
    visitor = world.as_("acme")
    for partner_id in (world.rival.id, 999_999):
        assert visitor.post(f"{PLACE}/{partner_id}", {"kind": PAYOUT}).status_code == 404
    assert NotificationChoice.select().count() == 0


def test_a_link_says_what_it_ends_and_ends_that_alone(world, owner):
    visitor, link = world.anonymous(), link_of(world)
    page = visitor.get(link)
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert "Acme" in page.text and KINDS[PAYOUT].when in page.text and owner.mail not in page.text
    assert told_to(world, PAYOUT) == {"owner", "manager"}, "looking ends nothing"
    for _ in range(2):
        assert "You get no more of these mails" in visitor.post_without_token(link, ONE_CLICK).text
    assert told_to(world, PAYOUT) == {"manager"}
    assert all(told_to(world, kind) == {"owner", "manager"} for kind in KINDS if kind != PAYOUT)


@pytest.mark.parametrize("changed", ["person", "partner", "kind", "signature", "short", "letters"])
def test_a_link_that_was_not_written_here_ends_nothing(world, changed):
    person, partner, kind, signature = link_of(world).rpartition("/")[2].split(".")
    other = {
        "person": f"{int(person) + 1}.{partner}.{kind}.{signature}",
        "partner": f"{person}.{int(partner) + 1}.{kind}.{signature}",
        "kind": f"{person}.{partner}.{ANSWER}.{signature}",
        "signature": f"{person}.{partner}.{kind}.{'A' * 22}",
        "short": signature,
        "letters": f"{person}.{partner}.{kind}.ä☃",
    }[changed]
    visitor = world.anonymous()
    assert visitor.get(f"/unsubscribe/{other}").status_code == 404
    assert visitor.post_without_token(f"/unsubscribe/{other}", ONE_CLICK).status_code == 404
    assert NotificationChoice.select().count() == 0


def test_only_signed_links_take_a_form_from_elsewhere(app, world):
    own = things.of(world.acme)
    for route in app.extensions["routes"]:
        if route.is_api or "POST" not in route.methods:
            continue
        answer = world.as_("acme").post_without_token(address(route, own.named), {"given": "anything"})
        assert (answer.status_code == 400) == (route.access.kind != SIGNED_LINK_KIND), route.path


def test_the_mail_itself_carries_the_link(world, settings):
    link = f"http://127.0.0.1:8000{link_of(world)}"
    values = dict.fromkeys(("name", "promoter", "question", "link", "partner", "when", "settings"), "x")
    outbox.put("mia@members.example", "Hello", "question", world.acme.id, unsubscribe=link, **values)
    outbox.put("mia@members.example", "Hello", "already_signed_up", name="Mia", link=link, reset=link)
    with serving(postman()) as served:
        drains.run("mail", dataclasses.replace(settings, smtp_url=f"smtp://127.0.0.1:{served.port}"))
        written = [row for row in served.received if b"Message-ID" in row]
    assert {mail.state for mail in Mail.select()} == {"sent"}
    assert [f"List-Unsubscribe: <{link}>\r\n".encode() in row for row in written] == [True, False]
    assert [b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in row for row in written] == [True, False]


def test_whoever_has_left_is_told_nothing_and_the_link_still_answers(world, owner):
    link = link_of(world)
    Membership.delete().where(Membership.user == owner).execute()
    assert told_to(world, PAYOUT) == {"manager"}
    assert world.anonymous().post_without_token(link, ONE_CLICK).status_code == 200
    with pytest.raises(NotFound):
        notification_choices.choose(owner.id, world.acme.id, {PAYOUT})
