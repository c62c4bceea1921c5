"""What coupons give and what they are for, in words."""

from portal.domain.coupons.assignments.lists import Names
from portal.domain.coupons.assignments.scope import Scope
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import AUTO, COMP, FIXED
from portal.domain.sentences import joined, say
from portal.web import formats


def gives(coupon) -> str:
    """What a coupon, or a line of one, gives its holder."""
    if coupon.kind == COMP:
        return say("Free tickets")
    if not KINDS[coupon.kind].has_amount:
        return say("Opens hidden prices")
    is_fixed = coupon.amount_type == FIXED
    amount = formats.money(coupon.amount, coupon.currency) if is_fixed else formats.share(coupon.amount)
    if coupon.kind == AUTO:
        return say("{amount} off an order", amount=amount)
    return say("{amount} off each ticket", amount=amount) if is_fixed else say("{amount} off", amount=amount)


def scope(covered: Scope, names: Names) -> str:
    """What an assignment covers."""
    if covered.is_everywhere and not covered.levels:
        return say("Every event")
    partly = set(covered.levels.values())
    named = [names.events[event] for event in sorted(covered.events - partly)]
    named += [names.levels[level] for level in sorted(covered.levels)]
    return joined([*named, *(names.bundles[bundle] for bundle in sorted(covered.bundles))], ", ")
