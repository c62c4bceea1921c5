"""Member offers: what the members of a club may use, over JSON and in the portal (contract: member-offers)."""
