"""What the database holds, in the model's words; and what must hold of it whatever the model says."""

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise

from portal.database import Statement
from tests.properties.model.deal import Deal
from tests.properties.model.terms import SECOND

_DEALS = Statement(
    """SELECT d.uuid, d.id, d.deal_id, d.offer_name, c.catalog_code, d.cost, d.first_cost, d.currency,
        d.promo_code, d.another_data, m.uid, k.code, x.key, d.reward_percent, d.fix_remuneration, d.hold_duration,
        d.canceled_duration, d.conversion_time, d.modified_at, d.due_at, d.status, d.is_returned, d.comment,
        d.payment_sum, d.paid_at, d.approved_at, d.canceled_at, d.partner_id, m.promoter_id, d.offer_id
    FROM deal d JOIN catalog c ON c.id = d.catalog_id LEFT JOIN promotion m ON m.id = d.promotion_id
    LEFT JOIN promo_code k ON k.id = d.used_code_id LEFT JOIN click x ON x.id = d.click_id ORDER BY d.id"""
)
_ENTRIES = Statement(
    """SELECT t.deal_id, t.id, t.reason, e.account, e.partner_id, e.currency, e.amount
    FROM transfer t LEFT JOIN entry e ON e.transfer_id = t.id WHERE t.deal_id IS NOT NULL ORDER BY t.id, e.amount"""
)
_REFUNDS = Statement("SELECT deal_id, amount, taken_back FROM refund ORDER BY id")
_FACTS = Statement("SELECT thing_id, type FROM event WHERE thing = 'deal' ORDER BY id")
_MOVES = {"created", "paid", "approved", "canceled", "returned", "refunded", "cost_changed", "commented"}
_DOCUMENTED = {
    ("Created", "Created"), ("Paid", "Paid"), ("Canceled", "Canceled"),
    ("Created", "Paid"), ("Created", "Canceled"), ("Paid", "Canceled"),
}  # fmt: skip
_ONCE = ("conversion_time", "paid_at", "approved_at", "canceled_at")
_KEPT = (
    "deal_id", "offer_name", "catalog", "first_cost", "currency", "promo_code", "another_data", "uid", "used_code",
    "click", "percent", "fixed", "hold", "wait",
)  # fmt: skip


def deals(offer_words: dict[int, str], aged: dict[str, list[str]]) -> dict[tuple[int, str], tuple[str, Deal]]:
    """(our id, the deal) of every deal there is, by its partner and the merchant's id. Given the facts that have aged away."""
    posted, told, refunds, found = _postings(), facts(), defaultdict(list), {}
    for deal, *part in _REFUNDS.rows():
        refunds[deal].append(tuple(part))
    for row in _DEALS.rows():
        (uuid, id_, *values), (partner, promoter, offer) = row[:-3], row[-3:]
        values[19] = bool(values[19])
        deal = Deal(values[0], offer_words[offer], *values[1:], refunds=refunds[id_])
        deal.postings, deal.facts = (
            _told(posted.pop(id_, {}), partner, promoter, deal.currency),
            aged[uuid] + told[uuid],
        )
        assert (partner, deal.deal_id) not in found, f"two deals are called {deal.deal_id}"
        found[partner, deal.deal_id] = (uuid, deal)
    assert not posted, "money moved for a deal that is not there"
    return found


def facts() -> dict[str, list[str]]:
    """What the log tells of each deal, by our id."""
    told = defaultdict(list)
    for uuid, type_ in _FACTS.rows():
        if type_.removeprefix("deal.") in _MOVES:
            told[uuid].append(type_.removeprefix("deal."))
    return told


def keep_their_promises(found: dict, before: dict) -> None:
    """What the contract promises of every deal, by itself and against what it was before."""
    for key, (uuid, deal) in found.items():
        keeps_its_promises(deal)
        if key in before:
            assert uuid == before[key][0]
            changed_as_allowed(before[key][1], deal)
    assert before.keys() <= found.keys(), "a deal has gone"


def keeps_its_promises(deal: Deal) -> None:
    """Stamps in order, returned only when canceled, approved only after the hold, and its money where it belongs."""
    stamps = [stamp for stamp in (getattr(deal, name) for name in _ONCE) if stamp is not None]
    assert all(earlier <= later for earlier, later in pairwise(stamps)), f"{deal} goes back in time"
    assert (deal.status == "Canceled") == (deal.canceled_at is not None)
    assert deal.status != "Paid" or deal.paid_at is not None
    assert not deal.is_returned or deal.status == "Canceled"
    if deal.approved_at is not None:
        assert deal.approved_at >= deal.paid_at + deal.hold * SECOND, f"{deal} was approved before its hold was over"
    stands = Counter()
    for _, source, target, amount in deal.postings:
        stands.update({source: -amount, target: amount})
    where = "due" if deal.approved_at is not None else "held"
    expected = (
        {where: deal.payment_sum, "owed": -deal.payment_sum} if deal.status == "Paid" and deal.payment_sum else {}
    )
    assert {account: total for account, total in stands.items() if total} == expected
    due = [amount for _, _, target, amount in deal.postings if target == "due"]
    assert len(due) <= (deal.approved_at is not None), "the reward became due more than once"
    assert deal.uid is not None or not deal.postings


def changed_as_allowed(was: Deal, deal: Deal) -> None:
    """A deal moves as documented, and what it was made under stays with it."""
    assert (was.status, deal.status) in _DOCUMENTED
    assert [getattr(was, name) for name in _KEPT] == [getattr(deal, name) for name in _KEPT]
    for name in _ONCE:
        assert getattr(was, name) in (None, getattr(deal, name)), f"{name} was set twice"
    assert was.modified_at <= deal.modified_at
    assert not was.is_returned or deal.is_returned
    assert deal.refunds[: len(was.refunds)] == was.refunds, "a refund was edited away"
    assert sum(amount for amount, _ in deal.refunds) <= deal.cost
    if was.approved_at is not None:
        assert was.cost == deal.cost
        assert deal.status == "Canceled" or _earned(was) == _earned(deal), "a part of the reward was lost or made"
    assert deal.postings[: len(was.postings)] == was.postings, "an entry was edited away"
    if was.status == "Canceled":
        mended = {name: getattr(was, name) for name in ("is_returned", "comment", "modified_at", "facts")}
        assert replace(deal, **mended) == was, "a canceled deal changed"


def _earned(deal: Deal) -> int:
    return deal.payment_sum + sum(taken for _, taken in deal.refunds)


def _postings() -> dict[int, dict[int, list]]:
    found: dict = defaultdict(lambda: defaultdict(list))
    sums: Counter = Counter()
    for deal, transfer, *entry in _ENTRIES.rows():
        found[deal][transfer].append(entry)
        sums[entry[3]] += entry[4]
    assert not any(sums.values()), f"the ledger does not sum to zero: {sums}"
    return found


def _told(transfers: dict[int, list], merchant: int, promoter: int | None, currency: str) -> list[tuple]:
    """(reason, from, to, amount) of each transfer of a deal, each between its own two sides in its own currency."""
    told = []
    owners = {"owed": merchant, "held": promoter, "due": promoter}
    for entries in transfers.values():
        (reason, source, giver, one, out), (_, target, taker, other, into) = entries
        assert (giver, taker, one, other) == (owners[source], owners[target], currency, currency)
        assert out == -into
        told.append((reason, source, target, into))
    return told
