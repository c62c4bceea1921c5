"""What a race left behind of a deal: its money and its story."""

from collections import Counter

from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.ledger.tables import Entry, Transfer
from portal.domain.events.tables import Event


def books_of(deal: Deal) -> dict:
    """What the deal left on each account, zero left out; every transfer must balance."""
    sums: Counter = Counter()
    for transfer in Transfer.select().where(Transfer.deal == deal):
        entries = list(Entry.select().where(Entry.transfer == transfer))
        assert sum(entry.amount for entry in entries) == 0
        for entry in entries:
            sums[entry.account] += entry.amount
    return {account: total for account, total in sums.items() if total}


def facts_of(deal: Deal) -> Counter:
    """How often each thing happened to the deal."""
    return Counter(event.type for event in Event.select().where(Event.thing_id == deal.uuid))
