"""What people are told by mail of a partner's business: the kinds, the defaults of the roles, and a person's own choice.

A partner's test mode follows the choices for the partner itself.
"""

from collections.abc import Sequence
from typing import NamedTuple

from portal.database import Statement, transaction
from portal.domain.accounts.roles import CASHIER
from portal.domain.areas import Area, NoticeKind, joined
from portal.domain.errors import NotFound
from portal.domain.schema import AS_SHOWN


def kinds(areas: Sequence[Area] = AS_SHOWN) -> dict[str, NoticeKind]:
    """The kinds of mail that can be chosen."""
    return joined(area.notices for area in areas)


KINDS = kinds()


class Receiver(NamedTuple):
    """Somebody who is told, for the partner (live, also in its test mode) through which they are."""

    user_id: int
    mail: str
    name: str
    partner_id: int
    partner: str


class Choices(NamedTuple):
    """What a person is told of one partner: whether, by kind."""

    partner_id: int
    partner: str
    role: str
    is_on: dict[str, bool]


_BY_DEFAULT = "s.role IN ('owner', 'manager')"
_RECEIVERS = Statement(
    f"""SELECT u.id, u.mail, u.name, h.id, h.name FROM partner p JOIN partner h ON h.id = COALESCE(p.live_partner_id, p.id)
    JOIN membership s ON s.partner_id = h.id JOIN person u ON u.id = s.user_id
    LEFT JOIN notification_choice c ON c.user_id = u.id AND c.partner_id = h.id AND c.kind = ?
    WHERE p.id = ? AND s.role <> 'cashier' AND u.disabled_at IS NULL AND h.disabled_at IS NULL AND COALESCE(c.is_on, {_BY_DEFAULT}) ORDER BY u.id"""
)
_OF_PERSON = Statement(
    f"""SELECT p.id, p.name, s.role, {_BY_DEFAULT}, c.kind, c.is_on FROM membership s JOIN partner p ON p.id = s.partner_id
    LEFT JOIN notification_choice c ON c.user_id = s.user_id AND c.partner_id = p.id
    WHERE s.user_id = ? AND s.role <> ? ORDER BY p.name, p.id"""
)
_CHOOSE = Statement(
    """INSERT INTO notification_choice (user_id, partner_id, kind, is_on) VALUES (?, ?, ?, ?)
    ON CONFLICT (user_id, partner_id, kind) DO UPDATE SET is_on = excluded.is_on"""
)


def receivers(partner_id: int, kind: str) -> list[Receiver]:
    """Who of the partner wants mails of this kind."""
    return [Receiver(*row) for row in _RECEIVERS.rows(kind, partner_id)]


def of(user_id: int) -> list[Choices]:
    """What the person is told of each of their partners, by its name; a cashier's have nothing to choose."""
    found: dict[int, Choices] = {}
    for partner_id, name, role, default, kind, is_on in _OF_PERSON.rows(user_id, CASHIER):
        fresh = Choices(partner_id, name, role, dict.fromkeys(KINDS, bool(default)))
        choices = found.setdefault(partner_id, fresh)
        if kind in KINDS:
            choices.is_on[kind] = bool(is_on)
    return list(found.values())


def choose(user_id: int, partner_id: int, wanted: set[str]) -> None:
    """Be told of these kinds of one partner, and of no other. Raises NotFound unless the person works there."""
    present = next((choices for choices in of(user_id) if choices.partner_id == partner_id), None)
    if present is None:
        raise NotFound("partner")
    with transaction():
        for kind, is_on in present.is_on.items():
            if is_on != (kind in wanted):
                _CHOOSE.run(user_id, partner_id, kind, kind in wanted)


def turn_off(user_id: int, partner_id: int, kind: str) -> None:
    """End one kind of mail about one partner. Repeating it changes nothing."""
    with transaction():
        _CHOOSE.run(user_id, partner_id, kind, False)
