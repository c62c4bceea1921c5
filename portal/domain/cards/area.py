"""What the cards family adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.cards import codes, facts, graph, keeping, permits, seldom, tables, things
from portal.domain.cards.companies import facts as company_facts
from portal.domain.cards.companies import promises as company_promises
from portal.domain.cards.companies import things as company_things
from portal.domain.cards.customers import searches
from portal.domain.cards.imports import promises as import_promises
from portal.domain.cards.operations import promises as ledger_promises
from portal.domain.cards.pushes import facts as push_facts
from portal.domain.cards.pushes import promises as push_promises
from portal.domain.cards.pushes import things as push_things
from portal.domain.cards.pushes import waits as push_waits
from portal.domain.cards.templates import facts as template_facts
from portal.domain.cards.templates import promises as template_promises
from portal.domain.cards.templates import searches as template_searches
from portal.domain.cards.templates import things as template_things
from portal.domain.cards.ties import graph as tie_graph
from portal.domain.cards.ties import promises as tie_promises
from portal.domain.cards.wallets import facts as wallet_facts
from portal.domain.cards.words import LOYALTY

AREA = Area(
    tables=tables.TABLES,
    facts=facts.FACTS | template_facts.FACTS | company_facts.FACTS | push_facts.FACTS | wallet_facts.FACTS,
    kinds=facts.KINDS | template_facts.KINDS | company_facts.KINDS | push_facts.KINDS | wallet_facts.KINDS,
    fields=template_facts.FIELDS | push_facts.FIELDS,
    things=things.THINGS + template_things.THINGS + company_things.THINGS + push_things.THINGS,
    nodes=graph.NODES,
    links=graph.LINKS + tie_graph.LINKS,
    promises=template_promises.PROMISES
    + ledger_promises.PROMISES
    + tie_promises.PROMISES
    + company_promises.PROMISES
    + import_promises.PROMISES
    + push_promises.PROMISES,
    searches=searches.SEARCHES + template_searches.SEARCHES,
    seldom=seldom.SELDOM,
    keeping=keeping.KEEPING,
    permits=permits.PERMITS,
    codes=(
        codes.TIER_IN_USE,
        codes.NO_REWARD_TIERS,
        codes.COMPANY_TAKEN,
        codes.STILL_IN_USE,
        codes.LIMIT_REACHED,
        codes.TARIFF_EXPIRED,
        codes.CARD_TAKEN,
        codes.CARD_DELETED,
        codes.CARD_EXPIRED,
        codes.WRONG_CARD_TYPE,
        codes.NOT_ENOUGH,
        codes.NOT_EARNED,
        codes.ALREADY_REDEEMED,
        codes.REWARD_NOT_NAMED,
        codes.REWARD_USED_UP,
        codes.OPTION_MISSING,
        codes.PUSH_ENDED,
        codes.OTHER_TEMPLATE,
    ),
    waits=push_waits.WAITS,
    offered=(LOYALTY,),
)
