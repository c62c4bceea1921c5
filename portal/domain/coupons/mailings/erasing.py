"""Mailings of codes forget the address of somebody who is erased: what was mailed counts, and what waits is not mailed."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.members.tables import Member
from portal.domain.sentences import say


class _Mailed(NamedTuple):
    id: int
    mailing_id: int


_HOLD = Statement(
    """SELECT id FROM coupon_mailing WHERE id IN (SELECT g.id FROM coupon_mailing g JOIN mailed_coupon m ON m.mailing_id = g.id
        WHERE g.partner_id = :partner AND m.mail = :mail) ORDER BY id""",
    lock="FOR UPDATE",
)
_FAIL = Statement(
    """UPDATE mailed_coupon SET state = 'failed', error = :why WHERE mailing_id IN :mailings AND mail = :mail AND state = 'waiting'
    RETURNING id, mailing_id""",
    _Mailed,
)
_COUNT = Statement("UPDATE coupon_mailing SET failed = failed + 1 WHERE id = :mailing")
_BLANK = Statement("UPDATE mailed_coupon SET mail = 'erased ' || id WHERE mailing_id IN :mailings AND mail = :mail")


def forget(member: Member) -> None:
    """In the transaction that erases somebody. A mailing that lacked nothing else ends when the worker comes by."""
    if member.mail is None:
        return
    mailings = _HOLD.values(partner=member.partner_id, mail=member.mail)
    for row in _FAIL.rows(mailings=mailings, mail=member.mail, why=say("The person was erased.")):
        _COUNT.run(mailing=row.mailing_id)
    _BLANK.run(mailings=mailings, mail=member.mail)
