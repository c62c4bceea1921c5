"""Offers in the club on a phone: looked through, liked and used."""
