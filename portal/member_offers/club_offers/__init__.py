"""Offers as members and guests see them: lists, single ones, and what they are sorted by."""
