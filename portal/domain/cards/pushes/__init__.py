"""Pushes: what a company tells the holders of its cards, on their phones and in the inbox of each card (contract: cards, "Pushes")."""
