"""A promoter asks about its deal; the merchant answers, once; nobody else has a say."""

import pytest

from portal.domain.affiliate.questions import questions
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import new_uuid


def test_a_question_is_answered_once(market):
    world, deal = market.world, market.report("Paid")
    asked = questions.ask(world.northwind.id, deal.uuid, "  When is it approved? ", world.northwind.users["owner"].id)
    assert [one.question for one in questions.waiting(world.acme.id)] == ["When is it approved?"]
    answered = questions.answer(world.acme.id, asked.uuid, "In two weeks.", world.acme.users["owner"].id)
    assert (answered.answer, answered.answered_by.name) == ("In two weeks.", "Acme Owner")
    with pytest.raises(Refused, match="answered"):
        questions.answer(world.acme.id, asked.uuid, "Never.")
    assert questions.waiting(world.acme.id) == []
    assert [one.answer for one in questions.of_deal(deal.id)] == ["In two weeks."]


def test_only_its_promoter_asks_and_only_its_merchant_answers(market):
    world, deal = market.world, market.report("Paid")
    nobodys = market.report("Paid", deal_id="nobody's", another_data=None)
    for promoter, uuid in ((world.rival, deal.uuid), (world.acme, deal.uuid), (world.northwind, nobodys.uuid)):
        with pytest.raises(NotFound):
            questions.ask(promoter.id, uuid, "Whose is it?")
    asked = questions.ask(world.northwind.id, deal.uuid, "Why?")
    for merchant, uuid in ((world.northwind, asked.uuid), (world.acme, new_uuid()), (world.acme, "x")):
        with pytest.raises(NotFound):
            questions.answer(merchant.id, uuid, "Because.")


def test_a_question_that_is_sent_again_is_asked_once(market):
    world, deal = market.world, market.report("Paid")
    asked = questions.ask(world.northwind.id, deal.uuid, "When?")
    with pytest.raises(Refused, match="asked this already"):
        questions.ask(world.northwind.id, deal.uuid, " When? ")
    questions.answer(world.acme.id, asked.uuid, "Soon.")
    questions.ask(world.northwind.id, deal.uuid, "When?")


def test_a_deal_is_not_flooded(market):
    world, deal = market.world, market.report("Paid")
    for text in ("One?", "Two?", "Three?"):
        questions.ask(world.northwind.id, deal.uuid, text)
    with pytest.raises(Refused, match="Three questions"):
        questions.ask(world.northwind.id, deal.uuid, "Four?")
    with pytest.raises(Invalid):
        questions.ask(world.northwind.id, deal.uuid, "  ")
