"""Member offers: what the members of a partner's club may use, how often and when (contract: member-offers)."""
