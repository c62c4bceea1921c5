"""Roles of a membership, and what a role may do."""

from portal.domain.sentences import say

OWNER, MANAGER, CASHIER, VIEWER = "owner", "manager", "cashier", "viewer"
ROLE_WORDS = {OWNER: say("owner"), MANAGER: say("manager"), CASHIER: say("cashier"), VIEWER: say("viewer")}
ROLE_NAMES = {OWNER: say("Owner"), MANAGER: say("Manager"), CASHIER: say("Cashier"), VIEWER: say("Viewer")}
ROLES = {
    OWNER: say("Everything, the team and the API tokens included"),
    MANAGER: say("Catalogs, promoters, deals and payouts"),
    CASHIER: say("Serves customers at the counter, and sees nothing else"),
    VIEWER: say("Reads everything, changes nothing"),
}

MAY_VIEW = frozenset({OWNER, MANAGER, VIEWER})
MAY_EDIT = frozenset({OWNER, MANAGER})
MAY_OWN = frozenset({OWNER})
MAY_SERVE = frozenset({OWNER, MANAGER, CASHIER})  # customers, at the counter
