"""What is asked of loyalty cards: operations on them, one of them, and their lists."""

import itertools
import time
from collections.abc import Iterator

from bench.asks import get, page, post
from bench.card_bulk import TEMPLATE, serial
from bench.load import Ask, Sample
from bench.world import World
from portal import clock
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes import pushes, sending, starting
from portal.domain.cards.pushes.tables import Push
from portal.domain.cards.templates.tables import CardTemplate

_STRIDE = 7919  # A prime: neighbouring requests ask for far-apart rows.


def operation(world: World) -> Iterator[Ask]:
    """A stamp on cards all over the table, durable before the whole card is answered."""
    for number in itertools.count(1, _STRIDE):
        card = serial(number % world.cards + 1)
        yield post(world, f"/api/v2/cards/{card}/add-stamp", {"stamps": 1}, f'"id":"{card}"')


def one(world: World) -> Iterator[Ask]:
    """Cards all over the table, by their number."""
    for number in itertools.count(1, _STRIDE):
        card = serial(number % world.cards + 1)
        yield get(world, f"/api/v2/cards/{card}", f'"id":"{card}"')


def listed(world: World) -> Iterator[Ask]:
    """The newest thirty, with how many there are."""
    return itertools.repeat(get(world, "/api/v2/cards", '"totalItems":'))


def operations(world: World) -> Iterator[Ask]:
    """The latest thirty, and those of a card, in turn."""
    asks = [get(world, f"/api/v2/operations{narrowed}", '"eventId":1') for narrowed in ("", f"?cardId={serial(1)}")]
    return itertools.cycle(asks)


def customer_by_phone(world: World) -> Iterator[Ask]:
    """A customer by a phone, as a till asks."""
    for number in itertools.count(1, _STRIDE):
        place = number % world.cards + 1
        yield get(world, f"/api/v2/customers?phone=%2B43660{1_000_000 + place}", '"totalItems":1')


def customer_search(world: World) -> Iterator[Ask]:
    """The page of customers by a name, by the beginning of a phone, and by the number of a card, in turn."""
    for number in itertools.count(1, _STRIDE):
        place = number % world.cards + 1
        for text in (f"customer+{place}", f"0660+{1_000_000 + place}", serial(place)):
            yield page(world, f"/customers?q={text}", 'id="customers"')


def push(world: World, seconds: float) -> Sample:
    """Recipients whom the worker sends a push to, for at least so long; nobody has a browser, so that it is our work alone. Not a
    request: a rate of recipients."""
    sample, template = Sample(), CardTemplate.get(CardTemplate.name == TEMPLATE)
    Card.update(installed_at=clock.now()).where(Card.template == template, Card.installed_at.is_null()).execute()
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        sent = pushes.send(template.partner_id, "Bench", template.id)
        while starting.work_due() or sending.take():
            if time.perf_counter() - began >= seconds:
                break
        now = Push.get_by_id(sent.id)
        count += now.sent
        if now.state in ("scheduled", "sending"):
            pushes.cancel(template.partner_id, sent.uuid)
    sample.seconds = time.perf_counter() - began
    sample.latencies = [sample.seconds / max(count, 1)] * count
    return sample
