"""How often a page of the counter, of the pushes or of the club asks does not grow with what is on it."""

from portal.domain.cards.cards import cards
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.pushes import pushes
from portal.domain.cards.pushes.automatic import automatic
from portal.domain.cards.pushes.automatic.automatic import KINDS, WELCOME
from tests.affiliate.counting import queries
from tests.support import club, loyalty, things
from tests.support.pushes import installed

KINDS_OF_CARDS = (0, 4, 6, 7)  # those that are drawn with levels or tiers among them


def more_of_all(acme, member) -> None:
    for kind in KINDS_OF_CARDS:
        held, offered = loyalty.template(acme, kind), loyalty.template(acme, kind)
        automatic.save(acme.id, held.id, WELCOME, KINDS[WELCOME].text)
        cards.issue(acme.id, member.id, held.id)
        card = installed(acme, offered)
        pushes.send(acme.id, "Hello", held.id, card=None)
        if kind == 0:
            booking.book(acme.id, card.serial, Asked("add-stamp", 1))


def test_a_page_asks_as_often_however_much_is_on_it(world):
    acme = world.acme
    owner, member = world.as_("acme"), club.signed_in(world, acme)
    pages = ("/pushes", "/pushes/automatic", "/counter?q=Mia", "/counter/day")

    def asked() -> dict[str, int]:
        for place in pages:
            owner.get(place)
        counted = {place: queries(lambda place=place: owner.get(place)) for place in pages}
        return counted | {"club": queries(lambda: member.get("/club/acme/"))}

    more_of_all(acme, things.holder_of(acme))
    few = asked()
    for _ in range(2):
        more_of_all(acme, things.holder_of(acme))
    assert asked() == few
