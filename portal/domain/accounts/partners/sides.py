"""The two sides of a partner, live and test mode: a token of one that is sent to the other is told so."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.sentences import say


class _Own(NamedTuple):
    slug: str
    is_test: bool


_OWN = Statement(
    """SELECT me.slug, me.live_partner_id IS NOT NULL AS is_test FROM partner me
    JOIN partner other ON other.id <> me.id AND (other.live_partner_id = me.id OR me.live_partner_id = other.id)
    WHERE me.id = :partner AND (other.slug = :slug OR other.id = :other)""",
    row=_Own,
)


def mistaken(partner_id: int, *, slug: str = "", other: int = 0) -> str | None:
    """What whoever sent the partner's token to its other side is told; None where that is not what was asked for."""
    own = _OWN.row(partner=partner_id, slug=slug.lower(), other=other)
    if own is None:
        return None
    if own.is_test:
        told = "This token is for test mode, which is “{slug}”, and what you ask for is live. Send a live token, or ask for “{slug}”."
        return say(told, slug=own.slug)
    told = "This token is live, for “{slug}”, and what you ask for is in test mode. Send a test token, or ask for “{slug}”."
    return say(told, slug=own.slug)
