"""Collections: offers of a club in an order of their own."""
