"""Types of events about companies and tariffs, and what changes of them is called."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "company.created": say("Company added"),
    "company.changed": say("Company changed"),
    "company.tariff_changed": say("Tariff of a company changed"),
    "company.deleted": say("Company deleted"),
    "tariff.created": say("Tariff made"),
    "tariff.changed": say("Tariff changed"),
    "tariff.withdrawn": say("Tariff withdrawn"),
    "tariff.offered": say("Tariff offered again"),
}
KINDS = {"companies": FactKind(say("Companies and tariffs"), ("company.", "tariff."))}
