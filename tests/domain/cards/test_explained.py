"""Each figure of a card tells the entries that made it, and each refusal leaves its steps."""

from portal.domain.cards.history import explaining
from portal.domain.cards.operations import booking, locking
from portal.domain.errors import Refused
from portal.domain.traces import refusals


def test_a_figure_is_told_entry_by_entry_with_the_sum_that_runs(shop):
    card = shop.card("stamps")
    first = shop.book(card, "add-stamp", 9)
    shop.book(card, "add-stamp", 3)
    undone = shop.reverse(first)
    lines = explaining.explained(card.id, "uses")
    assert [(line.label, line.amount, line.after) for line in lines] == [
        ("Stamps added", 9, 9), ("Stamps added", -7, 2), ("Undone", 1, 3),
    ]  # fmt: skip
    assert lines[0].reversed_by_id == undone.id
    assert [line.after for line in explaining.explained(card.id, "rewards")] == [1, 0]
    assert explaining.explained(card.id, "uses", after=lines[1].id) == lines[2:]
    assert explaining.figures(locking.seen(card.partner_id, card.serial)) == {"uses": "3 stamps"}


def test_a_refusal_is_kept_with_its_steps(shop):
    card = shop.card("stamps")
    try:
        booking.book(card.partner_id, card.serial, booking.Asked("subtract-stamp", 1))
    except Refused as error:
        refusals.note(error)
    kept = refusals.recent(card.partner_id, "card")[0]
    assert (kept.thing_id, kept.steps[-1]["check"], kept.steps[-1]["fix"]) == (
        card.serial, "balance bears it", "Take at most what is there.",
    )  # fmt: skip
