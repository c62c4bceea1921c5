"""Codes mailed to a list of people, each code once."""
