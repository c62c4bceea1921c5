"""The affiliate family's bodies and answers (contract: affiliate; seed: affiliate.txt, "Schemas").

Each field says what it means, its unit, its default, the other names that it is taken under, and what null does.
"""

from portal.affiliate.schemas.catalogs import CatalogChange, CatalogCreate, CatalogCreateResponse, CatalogResponse
from portal.affiliate.schemas.categories import CategoryResponse
from portal.affiliate.schemas.deals import (
    DealCreate,
    DealCreateResponse,
    DealFilter,
    DealResponse,
    DealUpdate,
    DealUpdateResponse,
)
from portal.affiliate.schemas.landings import LandingChange, LandingCreate, LandingResponse
from portal.affiliate.schemas.offers import OfCatalog, OfferChange, OfferCreate, OfferResponse
from portal.affiliate.schemas.promo import Discount, PromoCheck, UidCheck
from portal.affiliate.schemas.refunds import RefundCreate, RefundResponse

__all__ = [
    "CatalogChange",
    "CatalogCreate",
    "CatalogCreateResponse",
    "CatalogResponse",
    "CategoryResponse",
    "DealCreate",
    "DealCreateResponse",
    "DealFilter",
    "DealResponse",
    "DealUpdate",
    "DealUpdateResponse",
    "Discount",
    "LandingChange",
    "LandingCreate",
    "LandingResponse",
    "OfCatalog",
    "OfferChange",
    "OfferCreate",
    "OfferResponse",
    "PromoCheck",
    "RefundCreate",
    "RefundResponse",
    "UidCheck",
]
