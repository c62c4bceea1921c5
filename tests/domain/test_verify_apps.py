"""`verify` finds what apps of a club and their tokens must never be."""

from portal import clock
from portal.domain import verify
from portal.domain.members.oauth import chains
from portal.domain.members.oauth.tables import OauthApp, OauthAppToken, OauthCode, TokenChain
from tests.support import oauth


def test_tokens_of_another_partner_or_of_an_app_that_is_gone_are_found(world):
    app, mia = oauth.app_of(world.acme), oauth.member_of(world.acme)
    chain, _ = chains.begin(world.acme.id, mia.id, app.id, oauth.token_of(world.acme).id)
    oauth.code_for(app, mia)
    assert verify.faults() == []
    OauthApp.update(archived_at=clock.now()).execute()
    TokenChain.update(partner=world.rival.id).execute()
    OauthCode.update(used_at=clock.now()).execute()
    OauthAppToken.update(token=oauth.token_of(world.rival)).execute()
    assert verify.faults() == [
        f"Chain of tokens {chain.id} is another partner's than its member, or than its app.",
        f"Code {OauthCode.get().id} of app {app.client_id} is for a member of another partner, or was used and began nothing.",
        f"App {app.client_id} is known by a client token of another partner.",
        f"App {app.client_id} was removed, but a member is signed in by it still.",
    ]
