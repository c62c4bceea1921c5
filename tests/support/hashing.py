"""Passwords are hashed slowly on purpose, which no test but one is about: in the tests' own processes it is done at once."""

from argon2 import PasswordHasher

from portal.domain.accounts.sign_ins import passwords

# The portal's, which servers and commands of the tests hash with.
EARNEST, OF_NOBODY = passwords._hasher, passwords._NOBODY


def be_quick() -> None:
    """Hash as the portal does, with the least that Argon2 takes."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._NOBODY = passwords._hasher.hash("nobody has this password")
