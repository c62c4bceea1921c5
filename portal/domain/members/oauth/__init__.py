"""Apps of a club, and the tokens by which they act for its members (contract: member-offers, "Member tokens")."""
