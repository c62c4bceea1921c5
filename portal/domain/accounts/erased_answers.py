"""Answers that are kept for programs which repeat a request, and told of a person who is erased since."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from urllib.parse import quote

from portal.database import Statement
from portal.domain.accounts.tables import IdempotencyRecord

_TELLING = 6  # characters; shorter ones, such as a number of the shop's own, stand in anybody's answer

_CREDENTIALS = Statement("SELECT 'token:' || id FROM client_token WHERE partner_id = :partner ORDER BY id")
_IS_ANY = Statement("SELECT 1 FROM idempotency_record WHERE credential IN :credentials AND body IS NOT NULL LIMIT 1")


def forget(partner_id: int, names: Iterable[str]) -> None:
    """In the transaction that erases somebody: what the partner's programs were answered of who is called so is kept no more. Their
    keys are, so that nobody is made anew by a repeat."""
    known = {form for name in names if len(name) >= _TELLING for form in (name, quote(name))}
    if not known:
        return
    credentials = _CREDENTIALS.values(partner=partner_id)
    if _IS_ANY.value(credentials=credentials) is None:
        return
    its = IdempotencyRecord.credential.in_(credentials)
    tells = reduce(or_, (IdempotencyRecord.body.contains(name) for name in sorted(known)))
    IdempotencyRecord.update(body=None, headers=None).where(its, tells).execute()
