"""The operator's lists, all one way: a search and a state in the address, tabs, pages by key, and words for nothing."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import render_template, request

from portal.domain.key_pages import KeyPage
from portal.domain.sentences import say
from portal.web.addresses import with_arguments

_LONGEST_TEXT = 254
_NO_COUNTS: Mapping[str, int] = {}


class Listing(NamedTuple):
    """A list's words, and what its filters are called in its address."""

    title: str
    states: Mapping[str, str]  # the address's word, and what the tab says
    search_label: str
    chip: str = say("Search")
    searched_by: str = "q"
    shown_by: str = "show"

    def asked(self) -> tuple[str, str]:
        """What was searched for, and one of the states; empty for all."""
        state = request.args.get(self.shown_by, "")
        search = request.args.get(self.searched_by, "").strip()[:_LONGEST_TEXT]
        return search, state if state in self.states else ""


def shown(template: str, listing: Listing, page: KeyPage, counts: Mapping[str, int] = _NO_COUNTS, **more) -> str:
    """The list's page, which extends `operator/_list.html`. `counts` are shown in the tabs of their states."""
    search, state = listing.asked()
    tabs = [
        {"label": label, "url": with_arguments(**{listing.shown_by: word}), "current": state == word, "count": counts.get(word)}
        for word, label in {"": say("All"), **listing.states}.items()
    ]  # fmt: skip
    asked = {"search": search, "state": state, "tabs": tabs, "page_url": with_arguments}
    return render_template(template, listing=listing, page=page, **asked, **more)
