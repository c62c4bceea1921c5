"""What waits for merchants and promoters, said in sentences, each with the place where it is done."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from flask import g, url_for

from portal import clock
from portal.domain.affiliate.first_steps import waiting
from portal.domain.affiliate.first_steps.waiting import SHOWN, Doubtful
from portal.domain.affiliate.questions import lists as questions
from portal.domain.affiliate.waits import SELLING
from portal.domain.sentences import forms, say
from portal.domain.traces import refusals
from portal.web import waits
from portal.web.waits import Act, Item, Wait

_REFUSED_LATELY = timedelta(days=7)


def of_partner() -> list[Wait]:
    """Of both sides, that of the merchant first."""
    refused = Wait(
        "triangle-alert", say("Reports of deals were refused"), url_for("deals.refused"), _refused, is_quiet=True
    )
    quiet = [refused] if g.partner.has(SELLING) else []
    return [*_of_merchant(waits.counts()), *_of_promoter(waits.counts()), *quiet]


def _of_merchant(found: dict[str, int]) -> list[Wait]:
    pay = url_for("payouts.runs.preview" if g.partner.may_edit else "payouts.index")
    told: list[tuple[int, str, str, Callable[[], list[Item]], tuple[str, str]]] = [
        (found["applicants"], "user-plus", url_for("promoters.index"), _applicants,
         forms("1 promoter wants to join", "{number} promoters want to join")),
        (found["questions"], "circle-question-mark", url_for("deals.questions.waiting"), _questions,
         forms("1 question about a deal", "{number} questions about deals")),
        (found["unknown_uids"], "link", url_for("deals.index", only="unknown-uid"),
         partial(_deals, waiting.unknown_uids),
         forms("1 deal names a promoter that nobody is", "{number} deals name promoters that nobody is")),
        (found["self_referrals"], "user", url_for("deals.index", only="self-referral"),
         partial(_deals, waiting.self_referrals),
         forms("1 deal looks like a self-referral and is not approved yet",
               "{number} deals look like self-referrals and are not approved yet")),
        (found["payable"], "banknote", pay, list,
         forms("1 promoter has rewards that can be paid", "{number} promoters have rewards that can be paid")),
        (found["unsent"], "wallet", url_for("payouts.made", state="recorded"), list,
         forms("1 payout is recorded and to be sent", "{number} payouts are recorded and to be sent")),
    ]  # fmt: skip
    return [Wait(icon, waits.many(number, *said), url, first) for number, icon, url, first, said in told if number]


def _of_promoter(found: dict[str, int]) -> list[Wait]:
    missing = say("Say where your earnings are sent: no payout account is given")
    told = [Wait("banknote", missing, url_for("rewards.details.show"))] if found["details"] else []
    if found["applications"]:
        said = waits.many(
            found["applications"],
            *forms("1 application waits for the merchant", "{number} applications wait for their merchants"),
        )
        told.append(Wait("hourglass", said, url_for("promotions.index", state="waiting"), is_theirs=True))
    return told


def _applicants() -> list[Item]:
    return [
        Item(
            say("{promoter} for {catalog}", promoter=one.promoter, catalog=one.catalog),
            one.message,
            one.since,
            url_for("promoters.show", promoter=one.promoter_uuid),
            (
                Act(say("Approve"), url_for("promoters.decisions.approval", uid=one.uid, here="inbox"), "check", True),
                Act(say("Refuse"), url_for("promoters.decisions.refusal", uid=one.uid, here="inbox"), "x"),
            ),
        )
        for one in waiting.applicants(g.partner.id)
    ]


def _questions() -> list[Item]:
    asked = questions.waiting(g.partner.id)[:SHOWN]
    places = [f"{url_for('deals.show', uuid=one.deal_uuid)}#question-{one.uuid}" for one in asked]
    return [
        Item(
            say("{promoter} about {deal}", promoter=one.promoter, deal=one.deal_id),
            one.text,
            one.asked,
            place,
            (Act(say("Answer"), place, "message-square"),),
        )
        for one, place in zip(asked, places, strict=True)
    ]


def _deals(found: Callable[[int], list[Doubtful]]) -> list[Item]:
    return [
        Item(deal.deal_id, deal.offer, deal.since, url_for("deals.show", uuid=deal.uuid))
        for deal in found(g.partner.id)
    ]


def _refused() -> list[Item]:
    """Those of the last days: nobody can put them away."""
    since = clock.now() - _REFUSED_LATELY
    return [
        Item(one.thing_id, one.sentence, one.at, url_for("deals.refused"))
        for one in refusals.recent(g.partner.id, "deal", SHOWN)
        if one.at >= since
    ]
