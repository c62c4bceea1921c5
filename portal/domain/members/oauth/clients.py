"""Clients that are no app: programs of the partner's own, each with a client token and those that took its place (RFC 6749 §6)."""

from portal.domain.accounts.tokens import tokens
from portal.domain.members.oauth.tables import ClientLineage


def are_one(token_id: int | None, other_id: int) -> bool:
    """Whether two client tokens are one program's: the same, or one was rotated into the other."""
    return token_id is not None and _first(token_id) == _first(other_id)


def _first(token_id: int) -> int:
    row = ClientLineage.get_or_none(ClientLineage.token == token_id)
    return row.first_id if row else token_id


def _hand_on(old_id: int, new_id: int) -> None:
    ClientLineage.create(token=new_id, first=_first(old_id))


tokens.when_rotated.append(_hand_on)
