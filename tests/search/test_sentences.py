"""What the search says where it lists nothing: each sentence is a whole one."""

from portal.search import sentences


def test_why_nothing_is_listed():
    assert sentences.nothing("", is_short=False, shortest=2) == "What are you looking for?"
    assert sentences.nothing("a", is_short=True, shortest=2) == "Type at least 2 characters"
    assert sentences.nothing("acme", is_short=False, shortest=2) == "Nothing found"


def test_owners_find_tokens_too():
    everybody = (
        "You find catalogs, offers, landings, promoters and their groups, promotions and the people of your team by any part of "
        "their names; deals by their id, the beginning of it, a click or a customer; promo codes, uids and short "
        "codes; payouts by their number."
    )
    assert sentences.finds(is_owner=False) == everybody
    assert sentences.finds(is_owner=True) == f"{everybody} API tokens by their name or beginning."
