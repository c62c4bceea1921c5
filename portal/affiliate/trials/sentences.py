"""A test deal explained: what happened at each step, and what will."""

from flask import g

from portal.affiliate.deals import sentences
from portal.domain.affiliate.deals.passport import Passport
from portal.domain.affiliate.deals.standing import APPROVED
from portal.domain.affiliate.deals.words import CANCELED, CREATED
from portal.domain.sentences import Sentence, say
from portal.web import formats
from portal.web.formats import duration, money

_PASSED, _FAILED, _AHEAD = "passed", "failed", "not reached"


def explained(deal: Passport) -> list[dict]:
    """The way of a test deal, as steps: from the click to the payout."""
    return [_clicked(deal), _reported(deal), _attributed(deal), _held(deal), _approved(deal), _paid_out(deal)]


def lost(deal: Passport) -> list[Sentence]:
    """What goes with a test deal."""
    cost, reward = money(deal.cost, deal.currency), money(deal.payment_sum, deal.currency)
    told = [say("The deal {deal_id} of {cost}, and its click", deal_id=deal.deal_id, cost=cost)]
    if deal.payment_sum:
        told.append(say("The reward of {reward} for {promoter}", reward=reward, promoter=deal.promoter))
    return told


def _step(name: Sentence, state: str, text: Sentence) -> dict:
    return {"name": name, "state": state, "text": text}


def _clicked(deal: Passport) -> dict:
    added = say(
        "{promoter} sells your catalog. Its link led to {place}, with myshare and click added to the address.",
        promoter=deal.promoter,
        place=deal.landing_url or say("your landing"),
    )
    return _step(say("Somebody followed a promoter’s link"), _PASSED, added)


def _reported(deal: Passport) -> dict:
    sold = say(
        "{offer} for {cost}. Your shop reported it with what came with the click.",
        offer=deal.offer_name,
        cost=money(deal.cost, deal.currency),
    )
    return _step(say("The customer bought and paid") if deal.paid_at else say("The customer ordered"), _PASSED, sold)


def _attributed(deal: Passport) -> dict:
    named = say(
        "myshare={uid} named {promoter}. Why so is told further down.", uid=deal.uid or "", promoter=deal.promoter
    )
    return _step(say("The deal is the promoter’s"), _PASSED, named)


def _held(deal: Passport) -> dict:
    if deal.status == CANCELED:
        back = say("The reward was taken back by a counter-entry, as always when a deal is canceled.")
        return _step(say("The reward was canceled"), _FAILED, back)
    title = say("The reward is held")
    if deal.status == CREATED:
        return _step(title, _AHEAD, say("As soon as the customer has paid."))
    held = say(
        "{sum}: {terms}. It is held for {duration}, for the case that the customer returns what was bought.",
        sum=money(deal.payment_sum, deal.currency),
        terms=sentences.terms(deal) or "–",
        duration=duration(deal.hold_duration),
    )
    return _step(title, _PASSED, held)


def _approved(deal: Passport) -> dict:
    title = say("The deal is approved")
    if deal.standing == APPROVED:
        return _step(title, _PASSED, say("The hold has passed: the reward is due."))
    if deal.clears_at is None:
        return _step(title, _AHEAD, say("Once it is paid, and its hold has passed."))
    day = formats.date(deal.clears_at, g.time_zone)
    return _step(title, _AHEAD, say("On {day}, by itself, unless you cancel it before.", day=day))


def _paid_out(deal: Passport) -> dict:
    how = say("With a payout of yours: you record it, take the file for your bank, and mark it as sent.")
    return _step(say("The promoter is paid out"), _AHEAD, how)
