"""What pages of tokens say that depends on the token: each sentence is a whole one."""

from types import SimpleNamespace

from markupsafe import Markup, escape

from portal.developers import sentences

WHEN = Markup("<time>now</time>")


def token(**more):
    told = {"hint": "pp_abc", "permits": ["deals.read"], "reach": "self", "created_by": None, "last_used_at": None}
    return SimpleNamespace(**told | more)


def test_a_token_says_what_it_may_do():
    assert sentences.permits(token()) == "1 kind of request"
    assert sentences.permits(token(permits=["deals.read", "deals.write"])) == "2 kinds of requests"
    own, wide = token(), token(reach="with_companies")
    assert [sentences.briefly(own), sentences.briefly(wide)] == ["This partner only", "With companies"]
    assert [sentences.reach(own), sentences.reach(wide)] == [
        "Of this partner only",
        "Of this partner and its companies",
    ]
    assert sentences.reaches(own) == "Opens data of this partner only."
    assert sentences.reaches(wide) == "Opens data of this partner and its companies."


def test_a_token_says_who_made_it():
    assert sentences.made(token(), WHEN) == "Made <time>now</time>."
    by_mia = token(created_by=SimpleNamespace(name="Mia <3"))
    assert escape(sentences.made(by_mia, WHEN)) == "Made <time>now</time> by Mia &lt;3."


def test_what_is_lost_when_a_token_is_revoked():
    assert sentences.lost(token(permits=["deals.read", "deals.write"]), "–") == [
        "The token that begins with pp_abc",
        "What it may do: 2 kinds of requests",
        "It was never used.",
    ]
    assert sentences.lost(token(last_used_at=1), "2 days ago")[2] == "It was last used 2 days ago."
