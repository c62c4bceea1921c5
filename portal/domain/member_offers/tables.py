"""The tables of member offers, those that others refer to first."""

from portal.domain.member_offers.authorizations.tables import AuthorizationCode
from portal.domain.member_offers.collections.tables import Collection, CollectionOffer
from portal.domain.member_offers.counts.tables import OfferDay
from portal.domain.member_offers.terms.tables import ClubSettings, MemberTerms, OfferLabel
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse

TABLES = (
    ClubSettings, MemberTerms, OfferLabel, OfferMember, OfferUse, AuthorizationCode, Collection, CollectionOffer, OfferDay,
)  # fmt: skip
