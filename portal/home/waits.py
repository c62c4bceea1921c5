"""What waits for the partner, said in sentences, each with the place where it is done."""

from typing import NamedTuple

from flask import g, url_for

from portal.domain.affiliate.first_steps.waiting import COUNTED, ForMerchant, ForPromoter
from portal.web import formats
from portal.web.plurals import counted


class Wait(NamedTuple):
    """One thing that waits: an icon, what it is, and where."""

    icon: str
    said: str
    url: str


def for_merchant(waits: ForMerchant) -> list[Wait]:
    """What the merchant's promoters and deals wait for."""
    found = [
        (waits.applicants, "user-plus", url_for("promoters.index"),
         "1 promoter wants to join", "{number} promoters want to join"),
        (waits.questions, "circle-question-mark", url_for("deals.questions.waiting"),
         "1 question about a deal", "{number} questions about deals"),
        (waits.unknown, "link", url_for("deals.index", only="unknown-uid"),
         "1 deal names a promoter that nobody is", "{number} deals name promoters that nobody is"),
        (waits.self_referrals, "user", url_for("deals.index", only="self-referral"),
         "1 deal looks like a self-referral and is not approved yet",
         "{number} deals look like self-referrals and are not approved yet"),
        (waits.owed, "banknote", url_for("payouts.runs.preview" if g.partner.may_edit else "payouts.index"),
         "1 promoter has rewards that are due", "{number} promoters have rewards that are due"),
        (waits.unsent, "wallet", url_for("payouts.made", state="recorded"),
         "1 payout is recorded and to be sent", "{number} payouts are recorded and to be sent"),
    ]  # fmt: skip
    return [Wait(icon, _many(count, *said), url) for count, icon, url, *said in found if count]


def for_promoter(waits: ForPromoter) -> list[Wait]:
    """What stands between the promoter and its rewards."""
    missing = "Say where your rewards are paid to: payout details are missing"
    found = [] if waits.has_details else [Wait("banknote", missing, url_for("rewards.details.show"))]
    if waits.applications:
        said = _many(
            waits.applications,
            "1 application waits for the merchant",
            "{number} applications wait for their merchants",
        )
        found.append(Wait("hourglass", said, url_for("promotions.index", state="waiting")))
    return found


def _many(count: int, one: str, several: str) -> str:
    """The sentence for the number; what is counted up to a bound alone is said to be over it."""
    if count > COUNTED:
        return several.format(number=f"over {formats.number(COUNTED)}")
    return counted(count, one, several)
