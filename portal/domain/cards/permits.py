"""What a client token may be allowed to do in the cards family."""

from portal.domain.sentences import say

CARDS_READ = say("Cards:Cards:Read")
CARDS_WRITE = say("Cards:Cards:Write")
CUSTOMERS_READ = say("Cards:Customers:Read")
CUSTOMERS_WRITE = say("Cards:Customers:Write")
TEMPLATES_READ = say("Cards:Templates:Read")
TEMPLATES_WRITE = say("Cards:Templates:Write")
PUSHES_READ = say("Cards:Pushes:Read")
PUSHES_WRITE = say("Cards:Pushes:Write")
COMPANIES_READ = say("Cards:Companies:Read")
COMPANIES_WRITE = say("Cards:Companies:Write")

PERMITS: dict[str, str] = {
    CARDS_READ: say("Read loyalty cards and their operations"),
    CARDS_WRITE: say("Issue loyalty cards and book operations on them"),
    CUSTOMERS_READ: say("Read customers"),
    CUSTOMERS_WRITE: say("Create, change and delete customers"),
    TEMPLATES_READ: say("Read card templates"),
    TEMPLATES_WRITE: say("Change reward tiers of card templates"),
    PUSHES_READ: say("Read pushes"),
    PUSHES_WRITE: say("Send and cancel pushes"),
    COMPANIES_READ: say("Read sub-accounts and tariffs"),
    COMPANIES_WRITE: say("Create, change and delete sub-accounts"),
}
