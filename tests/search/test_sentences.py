"""What the search says besides what it found: each sentence is a whole one."""

from portal.search import sentences


def test_why_nothing_is_listed():
    assert sentences.nothing("a", is_short=True, shortest=2) == "Type at least 2 characters"
    assert sentences.nothing("acme", is_short=False, shortest=2) == "Nothing is called “acme”"


def test_what_is_read_out():
    assert sentences.found("", 0) == "Type, or use the arrow keys."
    assert sentences.found("a", 0) == "Nothing found."
    assert sentences.found("a", 2) == "2 found. Use the arrow keys."


def test_what_is_looked_through_is_told_to_whom_it_concerns():
    everybody = sentences.finds(finds_things=True, is_owner=False)
    assert (
        everybody.startswith("Looked through are catalogs, offers, landings, promoters") and "tokens" not in everybody
    )
    assert "API tokens" in sentences.finds(finds_things=True, is_owner=True)
    assert (
        sentences.finds(finds_things=False, is_owner=False)
        == "Looked through is every page of the portal that you may open."
    )
