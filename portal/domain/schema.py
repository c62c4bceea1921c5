"""The list of the domain's areas. Tables, types of events, things, searches, promises, what ages, permits, codes and notices are
gathered from it, and from nowhere else."""

from portal.domain.accounts.area import AREA as ACCOUNTS
from portal.domain.affiliate.area import AREA as AFFILIATE
from portal.domain.cards.area import AREA as CARDS
from portal.domain.coupons.area import AREA as COUPONS
from portal.domain.events.area import AREA as EVENTS
from portal.domain.feed.area import AREA as FEED
from portal.domain.mail.area import AREA as MAIL
from portal.domain.member_offers.area import AREA as MEMBER_OFFERS
from portal.domain.members.area import AREA as MEMBERS
from portal.domain.offers.area import AREA as OFFERS
from portal.domain.pictures.area import AREA as PICTURES
from portal.domain.totals.area import AREA as TOTALS
from portal.domain.traces.area import AREA as TRACES

# What migrations put in, and tests and restores do not take for data.
FILLED_BY_MIGRATIONS = ("category", "sequence")

GROUND = (ACCOUNTS, MEMBERS, EVENTS, PICTURES, MAIL, TRACES, TOTALS)
FAMILIES = (OFFERS, AFFILIATE, COUPONS, CARDS, MEMBER_OFFERS, FEED)  # and what they share

AREAS = GROUND + FAMILIES  # A table refers to those before it.
AS_SHOWN = FAMILIES + GROUND  # People see what a partner works with first.
MODELS = [table for area in AREAS for table in area.tables]
