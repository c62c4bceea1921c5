"""The promoter that brings test deals: one of the house's, in test mode for ever, with nobody behind it."""

from peewee import IntegrityError

from portal import clock
from portal.database import transaction
from portal.domain.accounts.tables import Partner

SLUG = "-sample-promoter"  # Slugs of partners begin with a letter or a digit, so that nobody can have taken it.
_NAME = "Sample promoter"


def partner() -> Partner:
    """The sample promoter, made when it is first asked for. It is its own test mode, so that no live partner stands behind
    it. Not inside a transaction."""
    try:
        return Partner.get_or_none(Partner.slug == SLUG) or _made()
    except IntegrityError:  # Somebody else made it at the same moment.
        return Partner.get(Partner.slug == SLUG)


def _made() -> Partner:
    with transaction():
        made = Partner.create(name=_NAME, slug=SLUG, confirmed_at=clock.now())
        Partner.update(live_partner=made.id).where(Partner.id == made.id).execute()
    return Partner.get_by_id(made.id)
