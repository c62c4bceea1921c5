"""Pushes through their pages: composed, tried on oneself, confirmed, watched, cancelled, and seen where they failed."""

import re

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes import pushes, quiet
from portal.domain.cards.pushes.browsers import measure, payloads, subscriptions
from portal.domain.cards.pushes.browsers.outcomes import REFUSED
from portal.domain.cards.pushes.keeping import forget_recipients
from portal.domain.cards.pushes.tables import AutomaticPush, Push, PushRecipient
from portal.domain.cards.segments import segments
from tests.support import loyalty
from tests.support.pushes import browser, installed, work


@pytest.fixture
def template(world):
    return loyalty.template(world.acme)


@pytest.fixture
def visitor(world):
    return world.as_("acme", "manager")


def written(template, **more) -> dict:
    return {"template": template.uuid, "audience": "template", "message": "Come in", "keeps_quiet": "y"} | more


def confirmed(visitor, given):
    """The form sent twice, as its question has it."""
    asked = visitor.post("/pushes/new", given)
    [word] = re.findall(r'name="confirmed" value="([^"]+)"', asked.text)
    return asked, visitor.post("/pushes/new", given | {"confirmed": word})


def test_a_push_is_sent_only_after_the_question_that_names_how_many_get_it(world, visitor, template):
    [installed(world.acme, template) for _ in range(3)]
    Card.update(muted_at=clock.now()).where(Card.id == Card.select(Card.id).limit(1)).execute()
    given = written(template)
    asked = visitor.post("/pushes/new", given)
    assert "Nothing was sent yet: 3 cards get it" in asked.text and "1 is passed over" in asked.text
    assert not Push.select().exists()
    _, sent = confirmed(visitor, given)
    push = Push.get()
    assert sent.location.endswith(f"/pushes/{push.uuid}") and push.keeps_quiet and push.message == "Come in"
    Push.update(keeps_quiet=False).execute()
    work()
    page = visitor.get(sent.location).text
    assert "Sent" in page and "Its holder wants no pushes" in page


def test_a_question_that_is_true_no_longer_is_asked_again(world, visitor, template):
    card, given = installed(world.acme, template), written(template)
    word = re.findall(r'name="confirmed" value="([^"]+)"', visitor.post("/pushes/new", given).text)[0]
    installed(world.acme, template)
    again = visitor.post("/pushes/new", given | {"confirmed": word}).text
    assert "2 cards get it" in again and not Push.select().exists()
    narrowed = given | {"audience": "card", "card": card.serial, "confirmed": word}
    assert "1 card gets it" in visitor.post("/pushes/new", narrowed).text and not Push.select().exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"audience": "segment"}, "segment"),
        ({"audience": "unseen"}, "days"),
        ({"audience": "unseen", "days": "0"}, "days"),
        ({"audience": "card"}, "card"),
        ({"audience": "card", "card": "000000-000-000"}, "card"),
        ({"message": " "}, "message"),
        ({"scheduled_at": "never"}, "scheduled_at"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_its_field(visitor, template, given, field):
    answer = visitor.post("/pushes/new", written(template, **given))
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert not Push.select().exists()


def test_the_form_counts_whom_it_reaches_and_who_has_a_browser_for_it(world, visitor, template):
    card = installed(world.acme, template)
    installed(world.acme, template)
    subscriptions.subscribe(card.member, *browser(1))
    told = visitor.post("/pushes/reached", written(template)).text
    assert "2 cards would get it now" in told and "shows it for 1 of them" in told
    chosen = segments.make(world.acme.id, "Few")
    segments.put(chosen, card.member)
    narrowed = written(template, audience="segment", segment=str(chosen.id))
    assert "1 card would get it now" in visitor.post("/pushes/reached", narrowed).text
    assert "would get" not in visitor.post("/pushes/reached", written(template, audience="segment")).text


def test_the_phone_shows_what_fits_and_says_how_long_it_is(world, visitor, template):
    long = "Привет, это слово " * 55
    drawn = visitor.post("/pushes/drawn", written(template, message="Hi")).text
    assert "Hi" in drawn and "2 of " in drawn
    assert "fit into a push." in drawn
    measured = measure.of(world.acme.partner, "🎂 " * 1000)
    assert measured.is_cut and measured.shown.endswith("…")
    assert not measure.of(world.acme.partner, long).is_cut
    whole = payloads.of(1, "0" * 36, "0" * 22, world.acme.partner.name, "🎂 " * 1000)
    assert len(whole) <= payloads.LARGEST


def test_a_test_goes_to_the_one_card_alone_and_nothing_else_is_sent(world, visitor, template):
    mine, _ = installed(world.acme, template), installed(world.acme, template)
    page = visitor.post("/pushes/new", written(template, test="1", test_card=mine.serial)).text
    assert "The test is on its way" in page
    push = Push.get()
    assert (push.audience, push.card_id) == ("card", mine.id)
    work()
    assert PushRecipient.select().count() == 1
    wrong = visitor.post("/pushes/new", written(template, test="1", test_card=""))
    assert 'id="test_card-error"' in wrong.text


def test_what_was_tried_on_oneself_is_listed_where_it_is_asked_for_and_says_when_it_goes(world, visitor, template):
    mine = installed(world.acme, template)
    visitor.post("/pushes/new", written(template, test="1", test_card=mine.serial, message="Tried first"))
    pushes.send(world.acme.id, "Sent to all", template.id)
    work()
    usual, tried, every = (visitor.get(f"/pushes{asked}").text for asked in ("", "?by=trial", "?by=all"))
    assert "Sent to all" in usual and "Tried first" not in usual
    assert "Sent to all" not in tried and "Tried first" in tried
    assert "Sent to all" in every and "Tried first" in every
    trial, other = Push.get(Push.is_trial), Push.get(~Push.is_trial)
    assert "This test is removed on" in visitor.get(f"/pushes/{trial.uuid}").text
    assert "Who got it is kept until" in visitor.get(f"/pushes/{other.uuid}").text
    with clock.acting(401 * 86_400):
        forget_recipients(10)
    assert "Who got it is forgotten by now" in visitor.get(f"/pushes/{other.uuid}").text
    why = visitor.get(f"/pushes/{other.uuid}/cards/{mine.serial}").text
    assert "Who got it is forgotten by now" in why and "was not among them" not in why


def test_a_planned_push_is_typed_in_the_time_of_the_company(world, visitor, template):
    Partner.update(time_zone="Asia/Tokyo").where(Partner.id == world.acme.id).execute()
    _, sent = confirmed(visitor, written(template, scheduled_at="2099-01-02T09:30"))
    assert Push.get().scheduled_at.isoformat() == "2099-01-02T00:30:00+00:00"
    assert "Planned for" in visitor.get(sent.location).text


def test_cancelling_asks_by_naming_who_is_not_reached(world, visitor, template):
    installed(world.acme, template)
    push = pushes.send(world.acme.id, "Soon", template.id)
    page = visitor.get(f"/pushes/{push.uuid}/cancellation").text
    assert "Nobody gets it" in page
    visitor.post(f"/pushes/{push.uuid}/cancellation")
    assert Push.get().state == "cancelled"
    again = visitor.post(f"/pushes/{push.uuid}/cancellation")
    assert "has ended already" in visitor.get(again.location).text


def test_the_progress_answers_304_while_nothing_has_changed(world, visitor, template):
    installed(world.acme, template)
    push = pushes.send(world.acme.id, "Hello", template.id)
    part = visitor.get(f"/pushes/{push.uuid}/progress")
    etag = part.headers["ETag"]
    assert 'hx-trigger="every 2s"' in part.text
    assert visitor.get(f"/pushes/{push.uuid}/progress", headers={"If-None-Match": etag}).status_code == 304
    work()
    done = visitor.get(f"/pushes/{push.uuid}/progress", headers={"If-None-Match": etag})
    assert done.status_code == 200 and "hx-trigger" not in done.text


def test_recipients_are_listed_found_and_lead_to_their_cards(world, visitor, template):
    one, other = installed(world.acme, template), installed(world.acme, template)
    push = pushes.send(world.acme.id, "Hello", template.id)
    work()
    page = visitor.get(f"/pushes/{push.uuid}").text
    assert one.serial in page and other.serial in page
    found = visitor.get(f"/pushes/{push.uuid}?q={one.serial}").text
    assert one.serial in found and other.serial not in found
    assert "No card fits" in visitor.get(f"/pushes/{push.uuid}?state=failed").text
    assert f'href="/pushes/{push.uuid}/cards/{one.serial}"' in page
    why = visitor.get(f"/pushes/{push.uuid}/cards/{one.serial}").text
    assert "A phone of theirs shows pushes" in why and "Nearest fix" in why
    assert "Hello" in visitor.get(f"/cards/{one.serial}?tab=pushes").text
    assert "Hello" in visitor.get(f"/customers/{one.member.uuid}?tab=pushes").text


def test_the_list_is_narrowed_by_state_and_template_and_shows_written_ones_first(world, visitor, template):
    other = loyalty.template(world.acme, 1)
    pushes.send(world.acme.id, "Of stamps", template.id)
    Push.update(kind="auto").where(Push.id == pushes.send(world.acme.id, "By itself one", other.id).id).execute()
    page = visitor.get("/pushes").text
    assert "Of stamps" in page and "By itself one" not in page
    assert "By itself one" in visitor.get("/pushes?by=auto").text
    every = visitor.get(f"/pushes?by=all&template={other.uuid}").text
    assert "Of stamps" not in every and "By itself one" in every
    assert "No push fits" in visitor.get("/pushes?state=failed").text


def test_a_push_that_nobody_got_stands_in_the_inbox_until_it_was_seen(world, visitor, template):
    card = installed(world.acme, template)
    subscriptions.subscribe(card.member, *browser(1))
    push = pushes.send(world.acme.id, "Refused", template.id)
    work(REFUSED)
    assert "1 push failed: nobody got it" in visitor.get("/inbox").text
    assert "The push service refused it for good" in visitor.get(f"/pushes/{push.uuid}").text
    visitor.post(f"/pushes/{push.uuid}/note")
    assert "push failed" not in visitor.get("/inbox").text
    automatic = pushes.send(world.acme.id, "By itself", template.id)
    Push.update(kind="auto").where(Push.id == automatic.id).execute()
    work(REFUSED)
    assert "push failed" not in visitor.get("/inbox").text


def test_a_tariff_without_pushes_says_so_and_what_to_do(world):
    lacking = loyalty.company(world.northwind, loyalty.tariff(world.northwind, push=False)).company
    visitor = world.as_("northwind")
    visitor.post(f"/companies/{lacking.partner.uuid}/stepping-in", {})
    for path in ("/pushes", "/pushes/new"):
        page = visitor.get(path).text
        assert "Your tariff has no pushes" in page and "See your tariff" in page
        assert "Continue" not in page and 'href="/pushes/new"' not in page


def test_quiet_hours_and_the_most_of_a_week_are_set_in_the_time_of_the_company(world, visitor, template):
    page = visitor.get("/pushes/settings").text
    assert 'value="21:00"' in page and "Push services write to" in page and "What cannot be known" in page
    given = {"is_quiet": "y", "quiet_from": "22:30", "quiet_to": "07:15", "weekly_most": "1"}
    visitor.post("/pushes/settings", given)
    kept = quiet.settings(world.acme.id)
    assert (kept.quiet_from, kept.quiet_to, kept.weekly_most) == (1350, 435, 1)
    assert "Between 22:30 and 07:15" in visitor.get("/pushes/new").text
    visitor.post("/pushes/settings", {"weekly_most": "0"})
    kept = quiet.settings(world.acme.id)
    assert (kept.quiet_from == kept.quiet_to, kept.weekly_most) == (True, 0)
    assert "switched off" in visitor.get("/pushes/new").text
    for wrong in ("-1", "51", ""):
        assert visitor.post("/pushes/settings", given | {"weekly_most": wrong}).status_code == 422


def test_a_viewer_reads_and_is_led_to_no_form(world, template):
    push = pushes.send(world.acme.id, "Hello", template.id)
    viewer = world.as_("acme", "viewer")
    assert "/pushes/new" not in viewer.get("/pushes").text
    assert "cancellation" not in viewer.get(f"/pushes/{push.uuid}").text
    assert viewer.get("/pushes/new").status_code == 403


def test_automatic_pushes_are_written_with_a_sample_and_switched_on(world, visitor, template):
    installed(world.acme, template)
    page = visitor.get("/pushes/automatic").text
    assert "Nearly full" in page and "About to expire" not in page and "at most 3 pushes" in page
    place = f"/pushes/automatic/{template.uuid}/left"
    form = visitor.get(place).text
    assert "your reward is close. Stamps to go: 2." in form and "{left}" in form and "readonly" not in form
    given = {"is_on": "y", "number": "3", "message": "Only {left}, {name}", "keeps_quiet": "y"}
    assert "Only 3, " in visitor.post(f"{place}/drawn", given).text
    unknown = visitor.post(place, given | {"message": "Hi {shop}"})
    assert unknown.status_code == 422 and "{shop} is no word that is filled in" in unknown.text
    assert not AutomaticPush.select().exists()
    visitor.post(place, given)
    kept = AutomaticPush.get()
    assert (kept.is_on, kept.number, kept.message) == (True, 3, "Only {left}, {name}")
    assert "Only {left}, {name}" in visitor.get("/pushes/automatic").text
    visitor.post(place, {name: value for name, value in given.items() if name != "is_on"})
    assert not AutomaticPush.get().is_on
    assert visitor.get(f"/pushes/automatic/{template.uuid}/easter").status_code == 404


def test_a_tariff_without_texts_of_its_own_shows_the_usual_ones_alone(world):
    lacking = loyalty.company(world.northwind, loyalty.tariff(world.northwind, custom_auto_push=False)).company
    template, visitor = loyalty.template(lacking.partner), world.as_("northwind")
    visitor.post(f"/companies/{lacking.partner.uuid}/stepping-in", {})
    place = f"/pushes/automatic/{template.uuid}/welcome"
    form = visitor.get(place).text
    assert "Your tariff has the usual texts alone" in form and "readonly" in form
    answer = visitor.post(place, {"is_on": "y", "message": "Our own"})
    assert answer.status_code == 422 and "no automatic pushes of your own" in answer.text
