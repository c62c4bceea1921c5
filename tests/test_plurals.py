"""Sentences that name a number."""

from portal.web.plurals import counted


def test_one_and_several_are_whole_sentences():
    said = ("{number} deal of {whose} is canceled.", "{number} deals of {whose} are canceled.")
    assert counted(1, *said, whose="Acme") == "1 deal of Acme is canceled."
    assert counted(0, *said, whose="Acme") == "0 deals of Acme are canceled."
    assert counted(1234, *said, whose="{number}") == "1,234 deals of {number} are canceled."
