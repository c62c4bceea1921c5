"""What the operator's pages say that depends on the thing: each sentence is a whole one."""

from types import SimpleNamespace

from portal.operator import sentences

SEEN = "3 Nov 2026, 14:05"


def test_how_somebody_signs_in():
    assert sentences.second_factor(SEEN) == "on since 3 Nov 2026, 14:05"
    assert sentences.second_factor(None) == "off"
    assert sentences.signed_in(0, "") == "nowhere"
    assert sentences.signed_in(1, SEEN) == "1 browser, last seen 3 Nov 2026, 14:05"
    assert sentences.signed_in(2, SEEN) == "2 browsers, last seen 3 Nov 2026, 14:05"


def test_who_accepted_a_version():
    assert [sentences.accepted(by) for by in (0, 1, 1200)] == ["0 partners", "1 partner", "1,200 partners"]
    assert [sentences.accepted(1, partners) for partners in (1, 2)] == ["1 of 1 partner", "1 of 2 partners"]


def test_an_address_without_mail():
    nothing = "Nothing was written to “mia@example.com”. Type the whole address."
    waiting = "Nothing that is waiting was written to “mia@example.com”. Type the whole address."
    assert sentences.no_mail("mia@example.com", None).text == nothing
    assert sentences.no_mail("mia@example.com", "Waiting").text == waiting


def test_a_list_without_a_row_says_why():
    assert sentences.no_mail("", "Waiting").title == "No mail here"
    searched = [sentences.no_partners("ac", "waiting"), sentences.no_people("ac"), sentences.no_mail("ac", None)]
    assert all(nothing.icon == "search" and "“ac”" in nothing.text for nothing in searched)
    titles = [sentences.no_partners("", state).title for state in ("", "confirmed", "waiting", "disabled")]
    assert titles == ["No partners yet", "No partners yet", "Nobody waits", "No partner is disabled"]
    assert sentences.no_people("").title == "Nobody is disabled"


def test_what_is_lost_when_somebody_is_disabled():
    assert sentences.lost_by_a_person(["Acme"]) == [
        "Every sign-in of theirs, in every browser",
        "Links to set a new password that were mailed to them",
        "Acme has no other owner: nobody can manage its team and its API tokens until you let them in again",
    ]


def test_what_stops_when_a_partner_is_disabled():
    assert sentences.lost_by_a_partner(SimpleNamespace(people=1, tokens=1, catalogs=1)) == [
        "Its pages open for nobody: 1 person works for it",
        "Its API tokens are refused: 1 token. Its shop can report no deals",
        "Its catalogs leave the marketplace, and nobody new can join them: 1 catalog is published",
        "It is told nothing by mail",
    ]
    assert sentences.lost_by_a_partner(SimpleNamespace(people=2, tokens=0, catalogs=3))[:3] == [
        "Its pages open for nobody: 2 people work for it",
        "Its API tokens are refused: 0 tokens. Its shop can report no deals",
        "Its catalogs leave the marketplace, and nobody new can join them: 3 catalogs are published",
    ]
