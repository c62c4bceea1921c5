"""Promoters in a catalog: how they join, who decides, and how they leave (contract: affiliate, "Behind the endpoints").

A promoter has one uid per catalog for ever; leaving and coming back keeps it. Links and codes work while it is approved.
"""

from peewee import JOIN

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.notices import notices
from portal.domain.affiliate.promotions.tables import BY_MERCHANT, BY_PROMOTER, Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import UID, normal_code, short_code
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import joined, say
from portal.domain.values import checked

WAITING, APPROVED, REFUSED, ENDED = "waiting", "approved", "refused", "ended"
STATES = (WAITING, APPROVED, REFUSED, ENDED)
_BY_OPERATOR = "AUTO_MODERATION"  # admits whom the operator has confirmed
_WORDS = {"message": values.optional_text(2000), "reason": values.optional_text(2000)}
_LOCK = Statement("SELECT id FROM promotion WHERE id = :promotion", lock="FOR UPDATE")


def join(promoter: Partner, reference: str, message: str | None = None) -> Promotion:
    """Ask to sell a catalog that is in the marketplace; FREE_ENTRY admits at once, AUTO_MODERATION confirmed partners.

    Who waits may ask again, which counts by the rules as they are then. Raises NotFound for a catalog that is not open
    to this partner, Refused for one whom the merchant has turned away.
    """
    taken = checked({"message": message}, _WORDS)
    with transaction():
        catalog = catalogs.locked(open_catalog(promoter, reference).id)
        if not catalog.is_published:
            raise NotFound(say("catalog"))
        state = APPROVED if admits(catalog, promoter) else WAITING
        present = Promotion.get_or_none(Promotion.catalog == catalog, Promotion.promoter == promoter)
        if present is None:
            return _begin(catalog, promoter, state, taken["message"])
        _LOCK.value(promotion=present.id)
        return _again(Promotion.get_by_id(present.id), state, taken["message"])


def open_catalog(promoter: Partner, reference: str) -> Catalog:
    """A published catalog by its short code; live partners see live ones, test mode test mode's. Raises NotFound."""
    code = normal_code(reference)
    catalog = code and (
        Catalog.select(Catalog, Partner)
        .join(Partner, on=Catalog.partner == Partner.id)
        .where(Catalog.short_code == code, Catalog.is_published, Partner.disabled_at.is_null())
        .first()
    )
    if not catalog or catalog.partner.is_test != promoter.is_test:
        raise NotFound(say("catalog"))
    return catalog


def admits(catalog: Catalog, promoter: Partner) -> bool:
    """Whether the promoter is in as soon as it asks, without anybody's decision."""
    return catalog.moderation_type in types_at_once(promoter)


def types_at_once(promoter: Partner) -> tuple[str, ...]:
    """The moderation types that admit this promoter as soon as it asks."""
    return ("FREE_ENTRY", _BY_OPERATOR) if promoter.confirmed_at else ("FREE_ENTRY",)


def waits_for_operator(catalog: Catalog) -> bool:
    """Whether who is not admitted at once waits for the operator's word, not for the merchant's."""
    return catalog.moderation_type == _BY_OPERATOR


def approve(promotion: Promotion) -> Promotion:
    """The merchant admits who waits, or takes back its own refusal or ending. Repeating it changes nothing."""
    by_merchant = promotion.ended_by == BY_MERCHANT
    if promotion.state == ENDED and not by_merchant:
        raise Refused(say("This promoter left by itself; it has to join again."))
    return promotion if promotion.state == APPROVED else _decided(promotion, APPROVED, None, None)


def refuse(promotion: Promotion, reason: str | None = None) -> Promotion:
    """The merchant does not admit who waits, and may say why. Raises Refused when it does not wait."""
    if promotion.state == REFUSED:
        return promotion
    if promotion.state != WAITING:
        raise Refused(say("Only an application that waits can be refused; end the promotion of an approved promoter."))
    return _decided(promotion, REFUSED, BY_MERCHANT, reason)


def end(promotion: Promotion, by: str, reason: str | None = None) -> Promotion:
    """The merchant takes an approved promoter out, or the promoter leaves (an application is withdrawn likewise).

    Deals that are there stay the promoter's; new clicks and deals no longer count. Raises Refused when there is nothing
    to end.
    """
    if promotion.state == ENDED:
        return promotion
    if promotion.state == REFUSED or (promotion.state == WAITING and by == BY_MERCHANT):
        raise Refused(say("This application is not approved, so there is nothing to end."))
    return (_decided if by == BY_MERCHANT else _moved)(promotion, ENDED, by, reason)


def set_discount(promotion: Promotion, hundredths: int) -> Promotion:
    """The standing discount of a uid, in hundredths of a percent. Raises Invalid outside the catalog's limits."""
    with transaction():
        catalog = catalogs.locked(promotion.catalog_id)
        if hundredths:
            refuse_discount_outside(catalog, hundredths)
        Promotion.update(percent_discounts=hundredths).where(Promotion.id == promotion.id).execute()
        _tell(promotion, catalog, "promotion.discounted", {"percent": hundredths})
    return Promotion.get_by_id(promotion.id)


def refuse_discount_outside(catalog: Catalog, hundredths: int) -> None:
    """Raise Invalid when the catalog gives no such discount, in hundredths of a percent."""
    lowest, highest = catalog.min_promo_code_percent, catalog.max_promo_code_percent
    if lowest is None or highest is None:
        raise Invalid(
            "percent_discounts",
            say("The catalog gives no discounts: it has no smallest and largest promo code discount."),
        )
    if not lowest <= hundredths <= highest:
        said = say("{lowest} to {highest}", lowest=f"{lowest / 100:g}", highest=f"{highest / 100:g}")
        raise Invalid("percent_discounts", say("The catalog allows discounts of {said} percent.", said=said))


def confirm(partner: Partner) -> bool:
    """The operator confirms a partner, which admits it wherever it waited for that; whether this call did it."""
    with transaction():
        done = partners.confirm(partner)
        waiting = (
            Promotion.select(Promotion.id)
            .join(Catalog)
            .where(Promotion.promoter == partner, Promotion.state == WAITING, Catalog.moderation_type == _BY_OPERATOR)
        )
        for promotion in list(waiting.order_by(Promotion.id)):
            _decided(Promotion.get_by_id(promotion.id), APPROVED, None, None)
    return done


def of_merchant(merchant_id: int, uid: str) -> Promotion:
    """The promotion in one of the merchant's catalogs, with its catalog and promoter. Raises NotFound."""
    return _found(uid, Catalog.partner == merchant_id)


def of_promoter(promoter_id: int, uid: str) -> Promotion:
    """The promoter's own promotion, with its catalog. Raises NotFound."""
    return _found(uid, Promotion.promoter == promoter_id)


def _found(uid: str, condition) -> Promotion:
    code = normal_code(uid)
    found = code and (
        Promotion.select(Promotion, Catalog, Partner)
        .join(Catalog)
        .switch(Promotion)
        .join(Partner, JOIN.INNER, on=Promotion.promoter == Partner.id)
        .where(Promotion.uid == code, condition)
        .first()
    )
    if not found:
        raise NotFound(say("promoter"))
    return found


def _begin(catalog: Catalog, promoter: Partner, state: str, message: str | None) -> Promotion:
    decided_at = clock.now() if state == APPROVED else None
    promotion = Promotion.create(
        uid=short_code(UID), catalog=catalog, promoter=promoter, state=state, message=message, decided_at=decided_at
    )
    _tell(promotion, catalog, "promotion.joined" if state == APPROVED else "promotion.applied")
    notices.tell_of_applicant(promotion, catalog)
    return promotion


def _again(promotion: Promotion, state: str, message: str | None) -> Promotion:
    if promotion.state == APPROVED or promotion.state == state:
        return promotion
    if promotion.ended_by == BY_MERCHANT:
        why = [say("It said: {reason}", reason=promotion.reason)] if promotion.reason else []
        away, ask = say("The merchant has turned this partner away."), say("Ask the merchant to admit you again.")
        raise Refused(joined([away, *why, ask]))
    if promotion.state == ENDED:
        Promotion.update(message=message).where(Promotion.id == promotion.id).execute()
    moved = _moved(promotion, state, None, None)
    notices.tell_of_applicant(moved, moved.catalog)
    return moved


def _decided(promotion: Promotion, state: str, by: str | None, reason: str | None) -> Promotion:
    """The merchant (or the operator's confirmation) moves it, and the promoter is told."""
    with transaction():
        moved = _moved(promotion, state, by, reason)
        notices.tell_of_decision(moved, moved.catalog)
    return moved


def _moved(promotion: Promotion, state: str, by: str | None, reason: str | None) -> Promotion:
    """Move from the state that was looked at; whoever was quicker wins."""
    taken = checked({"reason": reason}, _WORDS)
    with transaction():
        move = Promotion.update(state=state, ended_by=by, reason=taken["reason"], decided_at=clock.now())
        as_seen = (Promotion.state == promotion.state, Promotion.ended_by == promotion.ended_by)
        if not move.where(Promotion.id == promotion.id, *as_seen).execute():
            raise Refused(say("Somebody decided this a moment ago. Look at it again."))
        _tell(promotion, promotion.catalog, _FACTS[state, by])
    return Promotion.get_by_id(promotion.id)


_FACTS = {
    (APPROVED, None): "promotion.approved",
    (WAITING, None): "promotion.applied",
    (REFUSED, BY_MERCHANT): "promotion.refused",
    (ENDED, BY_MERCHANT): "promotion.ended",
    (ENDED, BY_PROMOTER): "promotion.left",
}


def _tell(promotion: Promotion, catalog: Catalog, fact: str, data: dict | None = None) -> None:
    """Both sides have it in their logs."""
    log.record_for_both((catalog.partner_id, promotion.promoter_id), fact, "promotion", promotion.uid, data)
