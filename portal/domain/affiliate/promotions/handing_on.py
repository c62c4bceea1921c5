"""A promo code whose promoter has ended is handed on to another: customers who have it are the other's from then on."""

from portal import clock
from portal.database import Statement, transaction
from portal.domain.affiliate.notices import notices
from portal.domain.affiliate.promotions.codes import MOST
from portal.domain.affiliate.promotions.promotions import APPROVED, ENDED
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say

# Who may lose it and who may have it stays so until the commit.
_LOCK = Statement("SELECT id FROM promotion WHERE id IN :promotions ORDER BY id", lock="FOR UPDATE")
_MOVE = Statement(
    """UPDATE promo_code SET promotion_id = :to, is_personal = :yes, ended_at = NULL, ended_by = NULL, handed_at = :now
    WHERE id = :code AND promotion_id = :former"""
)


def receivers(promotion: Promotion) -> list[Promotion]:
    """Who may have a code of the ended promotion: the approved promoters of its catalog, by name."""
    its = Promotion.select().where(Promotion.catalog == promotion.catalog_id, Promotion.state == APPROVED)
    return sorted(its.limit(500), key=lambda one: one.promoter.name.lower())


def hand_on(code: PromoCode, catalog: Catalog, to_uid: str) -> Promotion:
    """Give the code of an ended promotion to an approved one of its catalog; it works again, and is the merchant's to switch.

    Deals that are there stay the former promoter's, and uses count on. Both promoters are told. Raises NotFound for a
    promoter of another catalog, Refused with what forbids it.
    """
    to = Promotion.get_or_none(Promotion.catalog == catalog, Promotion.uid == to_uid)
    if to is None:
        raise NotFound(say("promoter"))
    with transaction():
        catalogs.locked(catalog.id)  # So is every code of it made.
        _LOCK.values(promotions=[code.promotion_id, to.id])
        former, to = Promotion.get_by_id(code.promotion_id), Promotion.get_by_id(to.id)
        _refuse_unless_possible(former, to)
        if not _MOVE.run(code=code.id, former=former.id, to=to.id, yes=True, now=clock.micros()):
            raise Refused(say("Somebody handed it on a moment ago. Look at it again."))
        for promotion, fact in ((former, "promo_code.handed_on"), (to, "promo_code.received")):
            sides = (catalog.partner_id, promotion.promoter_id)
            log.record_for_both(sides, fact, "promotion", promotion.uid, {"code": code.code})
        notices.tell_of_code_handed_on(former, to, catalog, code.written)
    return to


def _refuse_unless_possible(former: Promotion, to: Promotion) -> None:
    if former.state != ENDED:
        raise Refused(
            say("Its promoter has not ended: only the code of one who has left, or was taken out, is handed on.")
        )
    if to.state != APPROVED:
        raise Refused(say("Only an approved promoter can have promo codes. Choose another."))
    if PromoCode.select().where(PromoCode.promotion == to).count() >= MOST:
        raise Refused(say("This promoter has {most} codes in the catalog already. Choose another.", most=MOST))
