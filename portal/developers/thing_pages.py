"""The pages of tokens."""

from flask import g, url_for

from portal.domain.accounts.searches import TOKEN
from portal.domain.areas import GONE, Named
from portal.domain.sentences import say
from portal.web.thing_pages import HitPage, ThingPage


def _token(key: str, named: Named | None) -> str | None:
    """Its form, for owners; one that was revoked stands in a list of its own."""
    if named is None or not g.partner.may_own:
        return None
    if named.stands == GONE:
        return url_for("developers.tokens", show="revoked")
    return url_for("developers.edit_token", token_id=int(key))


HITS = {TOKEN: HitPage(say("API token"), "key-round", lambda hit: url_for("developers.edit_token", token_id=hit.key))}
THINGS = {"token": ThingPage(_token)}
