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
UNKNOWN_UID = say(
    "The order names it as its promoter’s: a link that was typed wrong, or cut off on its way through the shop. The deal "
    "earns nobody a reward. If you find out whose it is, cancel it and report it anew under another deal id."
)


def step(link: Link, deal: Passport) -> str | None:
    """What stands beneath a step of the deal's way."""
    if link.kind == chain.CANCELED and link.is_known and not link.by:
        return say("by the portal, for it stayed unpaid")
    told = _TOLD.get(link.kind)
    return told(deal) if told else _taken(link, deal.currency)


def _clicked(deal: Passport) -> str:
    place = deal.landing_title or deal.landing_url or say("a landing")
    if deal.click_device == _EVERY_DEVICE:
        return say("It led to {place}.", place=place)
    return say("It led to {place}, on {device}.", place=place, device=deal.click_device)


_TOLD = {
    chain.CLICK: _clicked,
    chain.CODE: lambda deal: say("{share} off", share=share(deal.discount)) if deal.discount else None,
    "deal.asked": lambda deal: say("by {name}", name=deal.promoter or say("a promoter")),
    chain.WILL_CANCEL: lambda deal: say(
        "The catalog gives {duration} from the first report.", duration=duration(deal.canceled_duration)
    ),
    chain.WILL_APPROVE: lambda deal: say(
        "The reward is held until then: {duration} from the payment.", duration=duration(deal.hold_duration)
    ),
}


def _taken(link: Link, currency: str) -> str:
    """How much, and who did it: what is known of both."""
    who: list[str] = [say("by {name}", name=link.by or say("the portal"))] if link.is_known else []
    amount = [money(link.amount, currency)] if link.amount else []
    return joined(amount + who, ", ")


def reward(deal: Passport) -> str:
    """What the deal earns its promoter."""
    may_come = deal.status == CREATED and deal.promoter is not None
    return sentences.reward(deal.payment_sum, deal.currency, may_come)


def terms(deal: Passport, left: int | None = None) -> str | None:
    """What the reward is worked out from, of what is `left` of the sale in minor units; without a promoter there is none."""
    if not deal.promoter:
        return None
    return sentences.terms(
        deal.fix_remuneration, deal.reward_percent, deal.currency, left if left != deal.cost else None
    )


def nothing_stands(deal: Passport) -> str:
    """Why the ledger has nothing for a promoter's deal."""
    if deal.status == CANCELED and deal.paid_at:
        return say("Nothing stands in the ledger for it: the reward was reversed.")
    if deal.status == CREATED:
        return say("Nothing stands in the ledger for it yet: a reward is held from the moment the deal is paid.")
    return say("Nothing stands in the ledger for it.")


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
    return number(found.deals) if found else say("{many}+", many=Number(MOST_SUMMED))


def show_new(count: int) -> str:
    """What the button does that shows the deals that came meanwhile; many are not counted."""
    if count > _COUNTED_NEW:
        return say("Show over 50 new deals")
    return counted(count, "Show 1 new deal", "Show {number} new deals")


def recorded_before(deal: LockedDeal, before: str) -> str:
    """What became of a deal that was entered once more; `before` is the status that it had."""
    if deal.status == before:
        return say("The deal {deal_id} was recorded before; nothing was recorded twice.", deal_id=deal.deal_id)
    return say(
        "The deal {deal_id} was recorded before, and is now: {SAID}.", deal_id=deal.deal_id, SAID=SAID[deal.status]
    )


def taken_over(deal: Passport) -> list[str]:
    """What a deal that is reported again has of the old one, whatever has become of it since."""
    sale, hold = money(deal.cost, deal.currency), duration(deal.hold_duration)
    told: list[str] = [
        say("{offer} for {sale}; until its approval the sale can be changed", offer=deal.offer_name, sale=sale)
    ]
    if deal.promoter:
        told.append(
            say(
                "It belongs to {promoter}, as the old one did, though its link or code may no longer count",
                promoter=deal.promoter,
            )
        )
        told.append(
            say(
                "Its terms are the old one’s: {terms}, held for {hold} from the payment",
                terms=terms(deal),
                hold=hold,
            )
        )
    else:
        told.append(say("It is nobody’s, as the old one was"))
        told.append(say("Its hold is the old one’s: {hold} from the payment", hold=hold))
    stays = say(
        "The deal {deal_id} stays canceled; each of the two leads to the other. This can be done once",
        deal_id=deal.deal_id,
    )
    return [*told, stays]


def brought_by(deal: Passport) -> str | None:
    """What ties the deal to its promoter."""
    if not deal.promoter:
        return None
    if deal.used_code:
        return say("by the promo code {code}", code=deal.used_code)
    return say("by the link {uid}", uid=deal.uid)


def whose(deal: Passport) -> str:
    """Whose the deal is, in a heading."""
    return (
        say("Why it belongs to {promoter}", promoter=deal.promoter)
        if deal.promoter
        else say("Why it belongs to nobody")
    )


def tie(other: Linked) -> str:
    """How the deal is tied to the other one."""
    return say("Reported in place of") if other.is_older else say("Reported again as")


def lost(deal: Passport, at_stake: list[str]) -> list[str]:
    """What is lost when the deal is canceled; `at_stake` is what other areas take back."""
    told: list[str] = [say("The deal {deal_id} of {sale}", deal_id=deal.deal_id, sale=money(deal.cost, deal.currency))]
    if deal.payment_sum:
        earned = money(deal.payment_sum, deal.currency)
        told.append(
            say(
                "The reward of {earned} for {promoter}, taken back by a counter-entry",
                earned=earned,
                promoter=deal.promoter,
            )
            if deal.promoter
            else say("The reward of {earned}, taken back by a counter-entry", earned=earned)
        )
    return [*told, *(say("{what}, taken back by a counter-entry", what=what) for what in at_stake)]


def lost_in_round(costs: dict[str, int], rewards, named: int = 12) -> list[str]:
    """What is lost when many deals are canceled: their sales by currency, the largest rewards by promoter and currency."""
    told: list[str] = [
        say("Deals of {sum} in all", sum=money(cost, currency)) for currency, cost in sorted(costs.items())
    ]
    for (promoter, currency), sum_ in rewards.most_common(named):
        told.append(
            say(
                "Rewards of {sum} for {promoter}, taken back; what was paid out already, with the next payout",
                sum=money(sum_, currency),
                promoter=promoter,
            )
        )
    if len(rewards) > named:
        told.append(counted(len(rewards) - named, "Rewards of 1 more promoter", "Rewards of {number} more promoters"))
    return told if rewards else [*told, say("No reward: none of them has earned one")]


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
