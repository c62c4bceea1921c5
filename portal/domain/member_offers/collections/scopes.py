"""Which scopes of offers a club's own pages show beside the standard one: the others may be for programs alone."""

from collections.abc import Iterable

from portal.database import Statement, transaction
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Invalid
from portal.domain.events import log
from portal.domain.member_offers.words import SCOPES, STANDARD
from portal.domain.sentences import say

OTHERS = [scope for scope in SCOPES if scope != STANDARD]
_THERE = Statement(
    """SELECT DISTINCT t.scope FROM member_terms t JOIN offer o ON o.id = t.offer_id
    WHERE t.partner_id = :partner AND t.scope IN :scopes AND t.is_shown AND o.is_active"""
)


def shown(club: Partner) -> list[str]:
    """The scopes that the club's pages show, in their order; all of them until somebody has chosen."""
    chosen = OTHERS if club.club_scopes is None else club.club_scopes
    return [STANDARD, *(scope for scope in OTHERS if scope in chosen)]


def there(club: Partner) -> list[str]:
    """Those of them beside the standard one in which there are offers."""
    found = set(_THERE.values(partner=club.id, scopes=OTHERS))
    return [scope for scope in shown(club) if scope in found]


def choose(club: Partner, chosen: Iterable[str]) -> None:
    """Show these beside the standard one, and no others. Raises Invalid for a scope that there is not."""
    wanted = set(chosen)
    if not wanted <= set(OTHERS):
        raise Invalid("scopes", say("Choose of those that are listed."))
    with transaction():
        Partner.update(club_scopes=[scope for scope in OTHERS if scope in wanted]).where(
            Partner.id == club.id
        ).execute()
        log.record(club.id, "partner.changed", "partner", club.uuid, {"fields": ["club_scopes"]})
