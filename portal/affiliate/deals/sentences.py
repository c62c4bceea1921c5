"""What pages of deals say that depends on the deal: whole sentences with named parameters."""

from portal.affiliate import sentences
from portal.domain.affiliate.deal_lists.lists import MOST_SUMMED, Totals
from portal.domain.affiliate.deals import chain
from portal.domain.affiliate.deals.again import Linked
from portal.domain.affiliate.deals.chain import Link
from portal.domain.affiliate.deals.passport import Passport
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.standing import SAID
from portal.domain.affiliate.deals.words import CANCELED, CREATED
from portal.domain.sentences import Number, counted, joined, say
from portal.web.formats import duration, money, number, own_first, share

_EVERY_DEVICE = "All"
_COUNTED_NEW = 50
UNKNOWN_UID = (
    "The order names it as its promoter’s: a link that was typed wrong, or cut off on its way through the shop. The deal "
    "earns nobody a reward. If you find out whose it is, cancel it and report it anew under another deal id."
)


def step(link: Link, deal: Passport) -> str | None:
    """What stands beneath a step of the deal's way."""
    if link.kind == chain.CANCELED and link.is_known and not link.by:
        return "by the portal, for it stayed unpaid"
    told = _TOLD.get(link.kind)
    return told(deal) if told else _taken(link, deal.currency)


def _clicked(deal: Passport) -> str:
    return "{promoter} → {landing}, on {device}".format(
        promoter=deal.promoter or "",
        landing=deal.landing_title or deal.landing_url or "a landing",
        device="any device" if deal.click_device == _EVERY_DEVICE else deal.click_device,
    )


def _named_code(deal: Passport) -> str:
    return f"{deal.promoter or ''}, {share(deal.discount)} off"


_TOLD = {
    chain.CLICK: _clicked,
    chain.CODE: _named_code,
    chain.UID: lambda deal: deal.promoter,
    "deal.asked": lambda deal: f"by {deal.promoter or 'a promoter'}",
    chain.WILL_CANCEL: lambda deal: f"The catalog gives {duration(deal.canceled_duration)} from the first report.",
    chain.WILL_APPROVE: lambda deal: f"The reward is held until then: {duration(deal.hold_duration)} from the payment.",
}


def _taken(link: Link, currency: str) -> str:
    """How much, and who did it: what is known of both."""
    amount = money(link.amount, currency) if link.amount else ""
    who = f"by {link.by or 'the portal'}" if link.is_known else ""
    return f"{amount}, {who}" if amount else who


def reward(deal: Passport) -> str:
    """What the deal earns its promoter."""
    may_come = deal.status == CREATED and deal.promoter is not None
    return sentences.reward(deal.payment_sum, deal.currency, may_come)


def terms(deal: Passport) -> str | None:
    """What the reward is worked out from; without a promoter there is none."""
    return sentences.terms(deal.fix_remuneration, deal.reward_percent, deal.currency) if deal.promoter else None


def nothing_stands(deal: Passport) -> str:
    """Why the ledger has nothing for a promoter's deal."""
    if deal.status == CANCELED and deal.paid_at:
        return "Nothing stands in the ledger for it: the reward was reversed."
    if deal.status == CREATED:
        return "Nothing stands in the ledger for it yet: a reward is held from the moment the deal is paid."
    return "Nothing stands in the ledger for it."


def totals(found: Totals | None, are_canceled: bool) -> str:
    """What the listed deals sum up to; `are_canceled` says that only canceled ones were asked for."""
    if found is None:
        return say("Over {many} deals. Choose dates to see their sums.", many=Number(MOST_SUMMED))
    told = [counted(found.deals, "1 deal", "{number} deals")]
    if found.canceled and not are_canceled:
        told[0] = joined(
            [told[0], counted(found.canceled, "{number} of them canceled", "{number} of them canceled")], ", "
        )
    sold, earned = _sums_of(found, "cost"), _sums_of(found, "reward")
    if sold:
        told.append(say("Not sold {sums}", sums=sold) if are_canceled else say("Sales {sums}", sums=sold))
    if earned:
        told.append(say("Rewards {sums}", sums=earned))
    return joined(told, " · ")


def _sums_of(found: Totals, column: str) -> str:
    """One a currency, the partner's own first; nothing where all are nought."""
    sums = {one.currency: getattr(one, column) for one in found.sums}
    return " + ".join(money(sums[code], code) for code in own_first(sums)) if any(sums.values()) else ""


def how_many(found: Totals | None) -> str:
    """The count of the listed deals, as it stands beside the name of the list."""
    return number(found.deals) if found else f"{number(MOST_SUMMED)}+"


def show_new(count: int) -> str:
    """What the button does that shows the deals that came meanwhile; many are not counted."""
    if count > _COUNTED_NEW:
        return "Show over 50 new deals"
    return counted(count, "Show 1 new deal", "Show {number} new deals")


def recorded_before(deal: LockedDeal, before: str) -> str:
    """What became of a deal that was entered once more; `before` is the status that it had."""
    if deal.status == before:
        return f"The deal {deal.deal_id} was recorded before; nothing was recorded twice."
    return f"The deal {deal.deal_id} was recorded before, and is now: {SAID[deal.status]}."


def taken_over(deal: Passport) -> list[str]:
    """What a deal that is reported again has of the old one, whatever has become of it since."""
    whose = f"It belongs to {deal.promoter}, as the old one did, though its link or code may no longer count"
    return [
        f"{deal.offer_name} for {money(deal.cost, deal.currency)}; until its approval the cost can be changed",
        whose if deal.promoter else "It is nobody’s, as the old one was",
        f"Its terms are the old one’s: {terms(deal)}, held for {duration(deal.hold_duration)} from the payment"
        if deal.promoter
        else f"Its hold is the old one’s: {duration(deal.hold_duration)} from the payment",
        f"The deal {deal.deal_id} stays canceled; each of the two leads to the other. This can be done once",
    ]


def tie(other: Linked) -> str:
    """How the deal is tied to the other one."""
    return "Reported in place of" if other.is_older else "Reported again as"


def lost(deal: Passport) -> list[str]:
    """What is lost when the deal is canceled."""
    told = [f"The deal {deal.deal_id} of {money(deal.cost, deal.currency)}"]
    if deal.payment_sum:
        whose = f" for {deal.promoter}" if deal.promoter else ""
        told.append(f"The reward of {money(deal.payment_sum, deal.currency)}{whose}, taken back by a counter-entry")
    return told


def lost_in_round(costs: dict[str, int], rewards, named: int = 12) -> list[str]:
    """What is lost when many deals are canceled: their cost by currency, the largest rewards by promoter and currency."""
    told = [f"Deals of {money(cost, currency)} in all" for currency, cost in sorted(costs.items())]
    for (promoter, currency), sum_ in rewards.most_common(named):
        told.append(
            f"Rewards of {money(sum_, currency)} for {promoter}, taken back; "
            "what was paid out already, with the next payout"
        )
    if len(rewards) > named:
        told.append(counted(len(rewards) - named, "Rewards of 1 more promoter", "Rewards of {number} more promoters"))
    return told if rewards else [*told, "No reward: none of them has earned one"]


def canceled(count: int) -> str:
    """How many were canceled."""
    return counted(count, "1 deal is canceled.", "{number} deals are canceled.")


def left_out(count: int) -> str:
    """How many of the chosen were canceled before."""
    return counted(
        count,
        "{number} of the chosen is canceled already and left out.",
        "{number} of the chosen are canceled already and left out.",
    )


def kept(count: int) -> str:
    """How many were not canceled."""
    return counted(count, "1 deal was not canceled", "{number} deals were not canceled")
