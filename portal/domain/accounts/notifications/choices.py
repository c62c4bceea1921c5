"""What people are told by mail of a partner's business: the kinds, the defaults of the roles, and a person's own choice.

A partner's test mode follows the choices for the partner itself.
"""

from collections.abc import Sequence
from typing import NamedTuple

from portal.database import Statement, transaction
from portal.domain.accounts.notifications.tables import NotificationChoice
from portal.domain.accounts.roles import CASHIER
from portal.domain.areas import Area, NoticeKind, joined
from portal.domain.errors import NotFound
from portal.domain.schema import AS_SHOWN
from portal.domain.sentences import say


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


class _Chosen(NamedTuple):
    """A kind that a person chose or declined at a partner; without a kind, that they work there and chose nothing."""

    partner_id: int
    partner: str
    role: str
    by_default: bool
    kind: str | None
    is_on: bool | None


_BY_DEFAULT = "s.role IN ('owner', 'manager')"
_RECEIVERS = Statement(
    f"""SELECT u.id AS user_id, u.mail, u.name, h.id AS partner_id, h.name AS partner
    FROM partner p JOIN partner h ON h.id = COALESCE(p.live_partner_id, p.id)
    JOIN membership s ON s.partner_id = h.id JOIN person u ON u.id = s.user_id
    LEFT JOIN notification_choice c ON c.user_id = u.id AND c.partner_id = h.id AND c.kind = :kind
    WHERE p.id = :partner AND s.role <> 'cashier' AND u.disabled_at IS NULL AND h.disabled_at IS NULL
        AND COALESCE(c.is_on, {_BY_DEFAULT}) ORDER BY u.id""",
    row=Receiver,
)
_OF_PERSON = Statement(
    f"""SELECT p.id AS partner_id, p.name AS partner, s.role, {_BY_DEFAULT} AS by_default, c.kind, c.is_on
    FROM membership s JOIN partner p ON p.id = s.partner_id
    LEFT JOIN notification_choice c ON c.user_id = s.user_id AND c.partner_id = p.id
    WHERE s.user_id = :user AND s.role <> :but ORDER BY p.name, p.id""",
    row=_Chosen,
)


def receivers(partner_id: int, kind: str) -> list[Receiver]:
    """Who of the partner wants mails of this kind."""
    return _RECEIVERS.rows(partner=partner_id, kind=kind)


def of(user_id: int) -> list[Choices]:
    """What the person is told of each of their partners, by its name; a cashier's have nothing to choose."""
    found: dict[int, Choices] = {}
    for one in _OF_PERSON.rows(user=user_id, but=CASHIER):
        fresh = Choices(one.partner_id, one.partner, one.role, dict.fromkeys(KINDS, bool(one.by_default)))
        choices = found.setdefault(one.partner_id, fresh)
        if one.kind in KINDS:
            choices.is_on[one.kind] = bool(one.is_on)
    return list(found.values())


def choose(user_id: int, partner_id: int, wanted: set[str]) -> None:
    """Be told of these kinds of one partner, and of no other. Raises NotFound unless the person works there."""
    present = next((choices for choices in of(user_id) if choices.partner_id == partner_id), None)
    if present is None:
        raise NotFound(say("partner"))
    with transaction():
        for kind, is_on in present.is_on.items():
            if is_on != (kind in wanted):
                _choose(user_id, partner_id, kind, kind in wanted)


def turn_off(user_id: int, partner_id: int, kind: str) -> None:
    """End one kind of mail about one partner. Repeating it changes nothing."""
    with transaction():
        _choose(user_id, partner_id, kind, False)


def _choose(user_id: int, partner_id: int, kind: str, is_on: bool) -> None:
    chosen = NotificationChoice.insert(user=user_id, partner=partner_id, kind=kind, is_on=is_on)
    chosen.on_conflict(
        conflict_target=[NotificationChoice.user, NotificationChoice.partner, NotificationChoice.kind],
        update={"is_on": is_on},
    ).execute()
