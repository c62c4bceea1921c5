"""The club’s address: what members see there, and how they come to it."""
