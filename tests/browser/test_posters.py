"""A poster on paper: one sheet of the size that was chosen, whose code a camera reads."""

import re

import pytest
from playwright.sync_api import expect

from tests.support import loyalty

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("paper", "points"), [("A4", (595, 842)), ("A5", (420, 595)), ("Letter", (612, 792))])
def test_a_poster_is_printed_on_one_sheet_of_its_paper_with_nothing_else(server, open_page, paper, points):
    with server.connected():
        template = loyalty.template(server.world.acme)
    page = open_page("acme")
    page.goto(f"/templates/{template.uuid}/poster")
    page.get_by_label("Paper").select_option(paper)
    expect(page.locator(f".poster-{paper.lower()}")).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", printed)
    sizes = [tuple(round(float(number)) for number in box.split()[2:]) for box in boxes]
    assert len(sizes) == 1 and all(abs(one - two) <= 1 for one, two in zip(sizes[0], points, strict=True)), sizes
    page.emulate_media(media="print")
    for gone in (".sidebar", ".page-header", ".poster-choices"):
        expect(page.locator(gone)).to_be_hidden()
