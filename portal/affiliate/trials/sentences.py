"""A test deal explained: what happened at each step, and what will."""

from flask import g

from portal.affiliate.deals import sentences
from portal.domain.affiliate.deals.passport import Passport
from portal.domain.affiliate.deals.standing import APPROVED
from portal.domain.affiliate.deals.words import CANCELED, CREATED
from portal.web import formats
from portal.web.formats import duration, money

_PASSED, _FAILED, _AHEAD = "passed", "failed", "not reached"


def explained(deal: Passport) -> list[dict]:
    """The way of a test deal, as steps: from the click to the payout."""
    return [_clicked(deal), _reported(deal), _attributed(deal), _held(deal), _approved(deal), _paid_out(deal)]


def lost(deal: Passport) -> list[str]:
    """What goes with a test deal."""
    told = [f"The deal {deal.deal_id} of {money(deal.cost, deal.currency)}, and its click"]
    if deal.payment_sum:
        told.append(f"The reward of {money(deal.payment_sum, deal.currency)} for {deal.promoter}")
    return told


def _step(name: str, state: str, text: str) -> dict:
    return {"name": name, "state": state, "text": text}


def _clicked(deal: Passport) -> dict:
    where = deal.landing_url or "your landing"
    return _step(
        "Somebody followed a promoter’s link",
        _PASSED,
        f"{deal.promoter} sells your catalog. Its link led to {where}, with myshare and click added to the address.",
    )


def _reported(deal: Passport) -> dict:
    sold = f"{deal.offer_name} for {money(deal.cost, deal.currency)}"
    if deal.paid_at is None and deal.status == CREATED:
        return _step("The customer ordered", _PASSED, f"{sold}. Your shop reported it with what came with the click.")
    return _step(
        "The customer bought and paid", _PASSED, f"{sold}. Your shop reported it with what came with the click."
    )


def _attributed(deal: Passport) -> dict:
    return _step(
        "The deal is the promoter’s", _PASSED, f"myshare={deal.uid} named {deal.promoter}. Why so is told further down."
    )


def _held(deal: Passport) -> dict:
    if deal.status == CANCELED:
        said = "The reward was taken back by a counter-entry, as always when a deal is canceled."
        return _step("The reward was canceled", _FAILED, said)
    if deal.status == CREATED:
        return _step("The reward is held", _AHEAD, "As soon as the customer has paid.")
    held = f"{money(deal.payment_sum, deal.currency)}: {sentences.terms(deal)}."
    kept = f"It is held for {duration(deal.hold_duration)}, for the case that the customer returns what was bought."
    return _step("The reward is held", _PASSED, f"{held} {kept}")


def _approved(deal: Passport) -> dict:
    if deal.standing == APPROVED:
        return _step("The deal is approved", _PASSED, "The hold has passed: the reward is due.")
    when = (
        f"On {formats.date(deal.clears_at, g.time_zone)}, by itself, unless you cancel it before."
        if deal.clears_at
        else ""
    )
    return _step("The deal is approved", _AHEAD, when or "Once it is paid, and its hold has passed.")


def _paid_out(deal: Passport) -> dict:
    return _step(
        "The promoter is paid out",
        _AHEAD,
        "With a payout of yours: you record it, take the file for your bank, and mark it as sent.",
    )
