"""Each sentence that a person reads goes through the catalogs: in a language that marks them all, nothing stands unmarked."""

from collections import defaultdict

import pytest

from portal.domain.accounts.tables import Partner
from tests.support import pseudo, things
from tests.test_route_matrix import address, may, routes_of, send

# Written for programmers in English, from the description of the API.
ENGLISH = {"reference"}
# Still to be wrapped; the list ends when it is empty.
LEFT = set(
    """catalogs deal_imports deals fallback groups home inbox landings links marketplace offers payouts promoters promotions refunds
    rewards special_rewards trials""".split()
)


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("who", ["nobody", "owner", "operator"])
def test_every_sentence_of_the_pages_is_wrapped(app, world, monkeypatch, who):
    pseudo.speak(monkeypatch)
    own = things.of(world.acme)
    Partner.update(language=pseudo.LANGUAGE).execute()
    data, faults = pseudo.data_words(), defaultdict(set)
    pages = [route for route in routes_of(app, is_api=False) if may(who, route)]
    for method in ("GET", "POST"):  # While all that there is stands as it was made.
        for route in (route for route in pages if method in route.methods):
            if route.endpoint.split(".")[0] in ENGLISH | LEFT:
                continue
            visitor = (
                world.anonymous() if who == "nobody" else world.as_(*(("acme",) if who == "owner" else ("operator",)))
            )
            visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = pseudo.LANGUAGE
            answer = send(visitor, method, address(route, own.named))
            if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
                for text in pseudo.unmarked(answer.text, data):
                    faults[text].add(f"{method} {route.endpoint}")
    assert not faults, "\n".join(f"{text}: {', '.join(sorted(places)[:3])}" for text, places in faults.items())
