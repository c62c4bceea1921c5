"""Where the reward of a merchant's deal stands, in sentences."""

from portal import clock
from portal.domain.affiliate.deals import passport as passports
from portal.domain.affiliate.deals.passport import Item, Passport
from portal.domain.sentences import say
from portal.web.formats import date


def of(passport: Passport) -> list[tuple[str, int, str | None]]:
    """A sentence, its sum, and the uuid of the payout that it is in; empty when nothing was ever held or paid, or all of it
    went back."""
    held = [(say("Held for {promoter}", promoter=name), sum_, None) for name, sum_ in passports.held(passport.id)]
    return held + [(_told(item), item.amount, item.payout_uuid) for item in passports.items(passport.id)]


def _told(item: Item) -> str:
    """What a payout item means for the deal's reward."""
    amount, promoter, number = item.amount, item.promoter, item.number
    if number is None or item.at is None:
        if amount > 0:
            return say("Due to {promoter}", promoter=promoter)
        return say("To be taken back from {promoter} with its next payout", promoter=promoter)
    if item.sent_at is None and amount > 0:
        return say("To be sent to {promoter}, payout no. {number}", promoter=promoter, number=number)
    day = date(clock.from_micros(item.sent_at or item.at), item.time_zone)
    if amount > 0:
        return say("Paid out to {promoter}, payout no. {number} on {day}", promoter=promoter, number=number, day=day)
    return say("Taken back from {promoter}, payout no. {number} on {day}", promoter=promoter, number=number, day=day)
