"""Members of clubs, as browsers in which they are signed in."""

from portal.domain.members.sign_ins import sign_ins
from tests.support import things
from tests.support.visitor import Visitor


def cookie_of(party) -> tuple[str, str]:
    """Name and value of the cookie of a fresh sign-in of who holds the party's card."""
    member = things.holder_of(party)
    return f"member-{party.id}", sign_ins.begin(member, member.mail, "127.0.0.1", "tests").key


def signed_in(world, party) -> Visitor:
    """A browser in which that member is signed in, and nobody of the portal."""
    visitor = world.anonymous()
    visitor.client.set_cookie(*cookie_of(party), domain="127.0.0.1")
    return visitor
