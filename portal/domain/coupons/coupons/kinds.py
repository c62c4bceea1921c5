"""The seven types of coupons: their words, and what each may (contract: coupons, "What is settled")."""

from typing import NamedTuple

from portal.domain.coupons.coupons.tables import ACCESS, AUTO, COMP, DISCOUNT, INVITE, PRESALE, RESERVED
from portal.domain.sentences import say
from portal.domain.values import Wrong


class Kind(NamedTuple):
    """A type: its word on the wire, whether it has an amount, opens price levels that are named to it, goes with bundles."""

    number: int
    word: str
    has_amount: bool = False
    opens: bool = False
    may_bundle: bool = False


KINDS = {
    kind.number: kind
    for kind in (
        Kind(DISCOUNT, "Discount", has_amount=True, may_bundle=True),
        Kind(PRESALE, "Presale", opens=True),
        Kind(RESERVED, "Reserved", opens=True),
        Kind(COMP, "Comp", may_bundle=True),
        Kind(AUTO, "Auto", has_amount=True),
        Kind(INVITE, "Invite", opens=True),
        Kind(ACCESS, "Access", opens=True),
    )
}
_BY_WORD = {kind.word.upper(): kind.number for kind in KINDS.values()} | {"RESERVE": RESERVED}


def number_of(word: str) -> int:
    """The number of a type by its word, in whatever case; "Reserve" is Reserved. Raises Wrong for no type."""
    number = _BY_WORD.get(word.strip().upper())
    if number is None:
        words = ", ".join(kind.word for kind in KINDS.values())
        raise Wrong(say("“{word}” is no type of coupon. Send one of {words}.", word=word[:40], words=words))
    return number
