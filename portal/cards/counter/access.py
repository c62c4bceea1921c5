"""Who may use the counter: whoever serves customers. Unlike the rest of the portal it speaks the cashier's language."""

from portal.domain.accounts.roles import MAY_SERVE
from portal.routing import Access
from portal.web import guards

KIND = "counter"
SERVE = Access(KIND, MAY_SERVE)
GUARDS = {KIND: tuple(one for one in guards.GUARDS[guards.ROLE_KIND] if one is not guards.speak_whole)}
