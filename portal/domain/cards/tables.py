"""The tables of the cards family, those that others refer to first."""

from portal.domain.cards.asking.tables import AskedCard
from portal.domain.cards.cards.tables import Card, CardFieldValue
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.cards.counter.tables import CounterPin
from portal.domain.cards.imports.tables import CardImport, CardImportKey, CardImportRow, CardImportText
from portal.domain.cards.operations.tables import CardEntry, CardLot, CardLotUse, CardOperation
from portal.domain.cards.pushes import tables as pushes
from portal.domain.cards.templates.tables import (
    CardField,
    CardTemplate,
    DiscountLevel,
    MembershipTier,
    RewardTier,
    TemplateCatalog,
)
from portal.domain.cards.ties.tables import CardDeal
from portal.domain.cards.wallets import tables as wallets

TABLES = (
    Tariff, Company, CardTemplate, TemplateCatalog, CardField, RewardTier, MembershipTier, DiscountLevel, Card, CardFieldValue,
    CardOperation, CardEntry, CardLot, CardLotUse, AskedCard, CardDeal, CardImport, CardImportText, CardImportRow, CardImportKey,
    *pushes.TABLES, *wallets.TABLES, CounterPin,
)  # fmt: skip
