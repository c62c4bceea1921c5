"""Roles of a membership, and what a role may do."""

OWNER, MANAGER, CASHIER, VIEWER = "owner", "manager", "cashier", "viewer"
ROLES = {
    OWNER: "Everything, the team and the API tokens included",
    MANAGER: "Catalogs, promoters, deals and payouts",
    CASHIER: "For people at a counter: opens no catalogs, deals or payouts",
    VIEWER: "Reads everything, changes nothing",
}

MAY_VIEW = frozenset({OWNER, MANAGER, VIEWER})
MAY_EDIT = frozenset({OWNER, MANAGER})
MAY_OWN = frozenset({OWNER})
