"""A company's keys at Apple and Google: set up by an owner who gives their password once more, switched on and off, taken away.

The keys are sealed for their company and wallet; no page, list or log shows them again.
"""

import json
from datetime import datetime

from portal import clock
from portal.database import Statement, transaction
from portal.domain import sealing
from portal.domain.accounts.sign_ins import proofs
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.team import team
from portal.domain.cards.wallets import apple_keys, google_keys
from portal.domain.cards.wallets.apple_keys import AppleKeys
from portal.domain.cards.wallets.google_keys import GoogleKeys
from portal.domain.cards.wallets.tables import APPLE, GOOGLE, WalletSetup
from portal.domain.errors import NotFound
from portal.domain.events import log
from portal.domain.sentences import say

_HOUR = 3_600_000_000  # microseconds
_ANSWERED = Statement(
    """UPDATE wallet_setup SET answered_at = :now, refusal = :refusal WHERE id = :id
    AND (answered_at IS NULL OR answered_at < :before OR refusal IS DISTINCT FROM :refusal)"""
)
_WHY = say("It is asked for because these keys sign in your company’s name.")


def of(partner_id: int) -> dict[str, WalletSetup]:
    """What the partner has set up, by wallet."""
    return {row.wallet: row for row in WalletSetup.select().where(WalletSetup.partner == partner_id)}


def working(partner_id: int) -> dict[str, WalletSetup]:
    """Those that give out cards now: switched on, and not ended."""
    return {wallet: row for wallet, row in of(partner_id).items() if row.is_on and not clock.has_passed(row.ends_at)}


def set_up_apple(partner_id: int, certificate: bytes, key: bytes, intermediate: bytes, by: int, password: str) -> None:
    """Keep these files' keys, and give out passes. Raises Invalid with what is wrong, the password included."""
    keys = apple_keys.read(certificate, key, intermediate)
    told = {"pass_type": keys.pass_type, "team": keys.team}
    _keep(partner_id, APPLE, told, [*keys[:3]], by, password, keys.pass_type, keys.ends_at)


def set_up_google(partner_id: int, issuer: str, account: bytes, by: int, password: str) -> None:
    """Keep the key of this service account, and give out links. Raises Invalid with what is wrong, the password included."""
    keys = google_keys.read(issuer, account)
    _keep(partner_id, GOOGLE, {"issuer": keys.issuer, "account": keys.mail}, [*keys], by, password)


def apple(row: WalletSetup) -> AppleKeys:
    """What signs passes. Raises Unreadable where SECRET_KEY is another one since."""
    certificate, key, intermediate = _opened(row)
    return AppleKeys(certificate, key, intermediate, row.told["pass_type"], row.told["team"], row.ends_at)


def google(row: WalletSetup) -> GoogleKeys:
    """What signs links. Raises Unreadable where SECRET_KEY is another one since."""
    return GoogleKeys(*_opened(row))


def note_answer(row: WalletSetup, refusal: str | None) -> None:
    """Apple or Google answered what it was told with these keys; what it said where it refused. Written once an hour while that stays
    the same."""
    now = clock.micros()
    _ANSWERED.run(id=row.id, now=now, refusal=refusal and refusal[:500], before=now - _HOUR)


def switch(partner_id: int, wallet: str, is_on: bool) -> None:
    """Give out cards for this wallet, or no more; those that phones have stay there. Raises NotFound."""
    with transaction():
        its = (WalletSetup.partner == partner_id, WalletSetup.wallet == wallet)
        if WalletSetup.update(is_on=is_on).where(*its, WalletSetup.is_on != is_on).execute():
            _record(partner_id, "wallet.switched_on" if is_on else "wallet.switched_off", wallet)
        elif not WalletSetup.select().where(*its).exists():
            raise NotFound(say("wallet"))


def remove(partner_id: int, wallet: str) -> None:
    """Forget the keys. Raises NotFound."""
    with transaction():
        its = (WalletSetup.partner == partner_id, WalletSetup.wallet == wallet)
        if not WalletSetup.delete().where(*its).execute():
            raise NotFound(say("wallet"))
        _record(partner_id, "wallet.removed", wallet)


def _keep(
    partner_id: int, wallet: str, told: dict, secrets: list[str], by: int, password: str,
    pass_type: str | None = None, ends_at: datetime | None = None,
) -> None:  # fmt: skip
    user, partner = proofs.by_password(by, password, why=_WHY), Partner.get_by_id(partner_id)
    home = partner.live_partner_id or partner.id
    sealed = sealing.sealed(_purpose(partner_id, wallet), json.dumps(secrets))
    kept = {"told": told, "sealed": sealed, "pass_type": pass_type, "ends_at": ends_at, "is_on": True}
    kept |= {"answered_at": None, "refusal": None}
    kept["updated_at"] = clock.now()
    with transaction():
        team.hold(home, by, user)
        its = (WalletSetup.partner == partner_id, WalletSetup.wallet == wallet)
        if not WalletSetup.update(**kept).where(*its).execute():
            WalletSetup.create(partner=partner_id, wallet=wallet, **kept)
        _record(partner_id, "wallet.set_up", wallet, told)


def _opened(row: WalletSetup) -> list[str]:
    return json.loads(sealing.opened(_purpose(row.partner_id, row.wallet), row.sealed))


def _purpose(partner_id: int, wallet: str) -> str:
    return f"keys of {wallet} of {partner_id}"


def _record(partner_id: int, fact: str, wallet: str, told: dict | None = None) -> None:
    partner = Partner.get_by_id(partner_id)
    log.record(partner_id, fact, "partner", partner.uuid, {"wallet": wallet, **(told or {})})
