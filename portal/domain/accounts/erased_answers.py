"""Answers that are kept for programs which repeat a request, and told of a person who is erased since."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from urllib.parse import quote

from portal.domain.accounts.tables import ClientToken, IdempotencyRecord

_TELLING = 6  # characters; shorter ones, such as a number of the shop's own, stand in anybody's answer


def forget(partner_id: int, names: Iterable[str]) -> None:
    """In the transaction that erases somebody: what the partner's programs were answered of who is called so is kept no more. Their
    keys are, so that nobody is made anew by a repeat."""
    known = {form for name in names if len(name) >= _TELLING for form in (name, quote(name))}
    if not known:
        return
    tokens = ClientToken.select(ClientToken.id).where(ClientToken.partner == partner_id)
    its = IdempotencyRecord.credential.in_([f"token:{token.id}" for token in tokens])
    tells = reduce(or_, (IdempotencyRecord.body.contains(name) for name in sorted(known)))
    IdempotencyRecord.update(body=None, headers=None).where(its, tells).execute()
