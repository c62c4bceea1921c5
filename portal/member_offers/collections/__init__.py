"""Collections of a club’s offers, as their partner makes and orders them."""
