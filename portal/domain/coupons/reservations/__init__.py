"""Reservations: tickets that are held for somebody until they are bought, let go, or their time is over."""
