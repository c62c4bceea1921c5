"""Text is guarded and comes back, and neither takes longer than its length asks for."""

import pytest

from portal.domain.typed import formulas


def test_what_is_guarded_comes_back_as_it_was():
    for text in ["=1", "'=1", ";=1", "a;\t=1", "a\n'\r=1;x;@y", "plain; text", "2=3", "", ";", "'", '"\t"-1', "＝1"]:
        assert formulas.unguarded(formulas.guarded(text)) == text
    assert formulas.guarded("\t=1") == "'\t'=1" and formulas.guarded("a; =1;b") == "a;' =1;b"


@pytest.mark.parametrize("piece", ["\t", "\t'", "'", ";", "\r'", "=;"])
def test_the_longest_cell_is_read_once(piece):
    """Hours instead of milliseconds, if each of its letters looked ahead over all the next ones."""
    cell = piece * (131_000 // len(piece))
    assert formulas.guarded(f"{cell}x").replace("'", "") == f"{cell}x".replace("'", "")
    assert formulas.unguarded(formulas.guarded(cell)) == cell
