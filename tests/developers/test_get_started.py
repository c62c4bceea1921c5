"""Get started: the samples run as they stand, the token is shown once, and the first request turns the page green."""

import html
import re
import subprocess
import sys

import pytest

from portal.developers import samples
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import ClientToken, Partner
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.trials import ground
from portal.domain.offers.tables import Catalog
from tests.affiliate import things

PLACE = "/developers/start"
NAMES = """O'Reilly's "best" $HOME `id` é😀 {x} \\n"""


def made(world) -> str:
    """The page with a new token."""
    owner = world.as_("acme")
    form = re.search(r'action="(/developers/start/token\?form=\w+)"', owner.get(PLACE).text)[1]
    return owner.post(form).text


@pytest.mark.browser
@pytest.mark.parametrize("language", ["python", "shell"])
@pytest.mark.parametrize("has_catalog", [True, False], ids=["its own catalog", "no catalog yet"])
def test_the_samples_run_as_they_stand(server, language, has_catalog):
    whose = "acme" if has_catalog else "rival"
    with server.connected():
        home = getattr(server.world, whose).partner
        if has_catalog:
            catalog = things.catalog(home, title=NAMES, code=f"{language} {NAMES}")
            things.offer(catalog, NAMES, "29.9")
            ground.prepare(home.id)
        twin = partners.twin_of(home)
        Catalog.update(archived_at=0, code_key=Catalog.uuid).where(
            Catalog.partner == twin.id, not has_catalog
        ).execute()
        Deal.update(deal_id=Deal.uuid).where(Deal.partner == twin.id).execute()
        _, secret = tokens.make(twin, "Get started", list(PERMITS))
        code = [samples.begins(f"{server.url}/api", secret), *samples.steps(ground.of(home.id))]
    text = "\n".join(getattr(one, language) for one in code)
    command = [sys.executable, "-c", text] if language == "python" else ["bash", "-euc", text]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert not re.search(r"^4\d\d |\"status\": ?4", ran.stdout, re.M), ran.stdout
    with server.connected():
        deal = Deal.get(Deal.deal_id == "order-1001", Deal.partner == twin.id)
        assert deal.status == "Paid" and deal.catalog.is_published
        assert deal.payment_sum == (299 if has_catalog else 0)


def test_a_test_token_is_made_by_one_press_shown_once_and_filled_in(world):
    things.offer(things.catalog(world.acme.partner))
    page = made(world)
    secret = re.search(r"pp_test_\w{36}", page)[0]
    token = ClientToken.get(ClientToken.name == "Get started")
    assert token.partner.is_test and tokens.find(secret).token_id == token.id
    shown = html.unescape(page)
    for code in [samples.begins("http://localhost/api", secret), *samples.steps(ground.of(world.acme.id))]:
        assert code.shell.splitlines()[-1] in shown and code.python.splitlines()[-1] in shown
    again = world.as_("acme").get(PLACE).text
    assert secret not in again and "&lt;your test token&gt;" in again and "Spanish A1" in again


def test_the_same_form_makes_one_token(world):
    owner = world.as_("acme")
    form = re.search(r'action="(/developers/start/token\?form=\w+)"', owner.get(PLACE).text)[1]
    assert "pp_test_" in owner.post(form).text
    assert "sent already" in owner.get(owner.post(form).location).text
    assert ClientToken.select().where(ClientToken.name == "Get started").count() == 1


def test_only_owners_make_tokens_and_put_the_clock_ahead(world):
    for role in ("manager", "viewer"):
        visitor = world.as_("acme", role)
        page = visitor.get(PLACE).text
        assert "An owner of Acme makes a test token here" in page and "/start/token" not in page
        assert visitor.post(f"{PLACE}/token").status_code == visitor.post(f"{PLACE}/clock").status_code == 403


def test_it_waits_for_a_request_with_the_newest_token_and_then_turns_green(world, client):
    made(world)
    owner = world.as_("acme")
    waits = owner.get(f"{PLACE}/arrival", htmx=True)
    assert "Waiting for your first request" in waits.text and 'hx-trigger="every 2s"' in waits.text
    again = {"If-None-Match": waits.headers["ETag"]}
    assert owner.get(f"{PLACE}/arrival", htmx=True, headers=again).status_code == 304
    secret = re.search(r"pp_test_\w{36}", made(world))[0]
    assert client.get("/api/catalog/", headers={"Authorization": secret}).status_code == 200
    came = owner.get(f"{PLACE}/arrival", htmx=True, headers=again)
    assert "Your first request has arrived" in came.text and "hx-trigger" not in came.text
    assert "Waiting for" in world.as_("rival").get(f"{PLACE}/arrival", htmx=True).text


def test_the_clock_of_test_mode_goes_ahead_and_not_for_ever(world):
    owner = world.as_("acme")
    assert "14 days ahead" in owner.get(owner.post(f"{PLACE}/clock", {"days": "14"}).location).text
    assert Partner.get(Partner.live_partner == world.acme.id).clock_offset == 14 * 86_400
    assert Partner.get_by_id(world.acme.id).clock_offset == 0
    for days in ("-1", "9999999999", "", "x"):
        owner.post(f"{PLACE}/clock", {"days": days})
    Partner.update(clock_offset=3660 * 86_400).where(Partner.live_partner == world.acme.id).execute()
    refused = owner.post(f"{PLACE}/clock", {"days": "31"})
    assert "ten years ahead at most" in (
        refused.text if refused.status_code != 303 else owner.get(refused.location).text
    )
    assert Partner.get(Partner.live_partner == world.acme.id).clock_offset == 3660 * 86_400
