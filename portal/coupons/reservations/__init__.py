"""Reservations over JSON: made, read, bought and let go."""
