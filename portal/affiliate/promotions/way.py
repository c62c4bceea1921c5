"""A deal's way as its promoter sees it, from the click to the payout: the items of a timeline, told and ahead."""

from operator import itemgetter

from flask import url_for

from portal.domain.affiliate.deals.promoter_passport import Passport
from portal.domain.sentences import joined, say
from portal.web.formats import duration, money, share


def of(deal: Passport, parts, refunds) -> list[dict]:
    """The whole way, oldest step first, with what is still ahead at its end. `parts` are those of its reward."""
    paid_out = [step for part in parts if part.payout_uuid for step in _paid_out(part, deal.currency)]
    returned = [_returned(refund, deal.currency) for refund in refunds]
    then = sorted([*_told(deal), *paid_out, *returned], key=itemgetter("at"))
    return [_beginning(deal), *then, *_ahead(deal)]


def _beginning(deal: Passport) -> dict:
    if deal.clicked_at:
        return {
            "title": say("Somebody followed your link"),
            "at": deal.clicked_at,
            "icon": "mouse-pointer-click",
            "tone": "info",
            "text": _clicked(deal),
        }
    if deal.used_code:
        return {
            "title": say("The customer used your promo code {code}", code=deal.used_code),
            "icon": "ticket-percent",
            "tone": "info",
            "text": say("{share} off", share=share(deal.discount)) if deal.discount is not None else None,
        }
    return {"title": say("The order named your link {uid}", uid=deal.uid), "icon": "link", "tone": "info"}


def _clicked(deal: Passport) -> str:
    """Where the click led, on what, and with what."""
    told = [say("to {place}", place=deal.landing_title or deal.landing_url or say("a landing"))]
    if deal.click_device != "All":
        told.append(say("on {device}", device=deal.click_device))
    if deal.travelled:
        told.append(say("with {pairs}", pairs=", ".join("=".join(pair) for pair in deal.travelled)))
    return joined(told, ", ")


def _told(deal: Passport) -> list[dict]:
    canceled = say("Canceled, and the customer’s money went back") if deal.is_returned else say("Canceled")
    steps: list[dict] = [
        {"title": say("Reported by the merchant"), "at": deal.conversion_time, "icon": "handshake", "tone": "info"},
        {"title": say("Paid by the customer"), "at": deal.paid_at, "icon": "banknote", "tone": "accent"},
        {"title": say("Approved: the hold is over"), "at": deal.approved_at, "icon": "badge-check", "tone": "success"},
        {"title": canceled, "at": deal.canceled_at, "icon": "ban", "tone": "danger", "text": say("It earns nothing.")},
    ]
    return [step for step in steps if step["at"]]


def _returned(refund, currency: str) -> dict:
    taken = say("{sum} of the reward went back.", sum=money(refund.taken_back, currency))
    title = say("{sum} went back to the customer", sum=money(refund.amount, currency))
    return {"title": title, "at": refund.created_at, "icon": "undo-2", "tone": "warning", "text": taken}


def _paid_out(part, currency: str) -> list[dict]:
    """The payout was recorded and then sent; what it took back went when it was recorded."""
    number = part.payout_number
    if part.amount < 0:
        steps = [(say("Taken back with payout no. {number}", number=number), part.recorded_at, "danger")]
    else:
        steps = [(say("Put into payout no. {number}", number=number), part.recorded_at, "info")]
        sent = say("Paid out to you: payout no. {number} was sent", number=number)
        steps += [(sent, part.sent_at, "success")] if part.sent_at else []
    text, url = money(part.amount, currency), url_for("rewards.show", uuid=part.payout_uuid)
    return [
        {"title": said, "at": at, "icon": "wallet", "tone": tone, "text": text, "url": url} for said, at, tone in steps
    ]


def _ahead(deal: Passport) -> list[dict]:
    """What happens by itself unless somebody does something."""
    if deal.cancels_at:
        text = say("The catalog gives {duration} from the first report.", duration=duration(deal.canceled_duration))
        title = say("Canceled by itself, if it stays unpaid")
        return [{"title": title, "at": deal.cancels_at, "icon": "timer-off", "text": text}]
    if deal.clears_at:
        text = say("The hold is {duration} from the payment.", duration=duration(deal.hold_duration))
        return [{"title": say("Due, unless it is canceled before"), "at": deal.clears_at, "icon": "lock", "text": text}]
    return []
