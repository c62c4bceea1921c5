"""The operator's lists, all one way: a search and a state in the address, pages by key, and words for nothing."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import render_template, request

from portal.domain.lists.key_pages import KeyPage
from portal.domain.sentences import say
from portal.web.addresses import with_arguments
from portal.web.answers import page_or_part

_LONGEST_TEXT = 254


class Listing(NamedTuple):
    """A list's words, and what its filters are called in its address."""

    title: str
    states: Mapping[str, str]  # the address's word, and what people read
    search_label: str
    chip: str = say("Search")
    searched_by: str = "q"
    shown_by: str = "show"

    def asked(self) -> tuple[str, str]:
        """What was searched for, and one of the states; empty for all."""
        state = request.args.get(self.shown_by, "")
        search = request.args.get(self.searched_by, "").strip()[:_LONGEST_TEXT]
        return search, state if state in self.states else ""


def shown(page: str, part: str, listing: Listing, rows: KeyPage, count: int | None = None, **more) -> str:
    """The list's page, or the part of it that htmx asks for. `count` is told where nothing is filtered."""
    search, state = listing.asked()
    chips = [(listing.states[state], with_arguments(**{listing.shown_by: None}))] if state else []
    if search:
        chips.append(
            (say("{word}: {text}", word=listing.chip, text=search), with_arguments(**{listing.searched_by: None}))
        )
    states = [("", say("All")), *listing.states.items()]
    asked = {"search": search, "state": state, "states": states, "chips": chips, "page_url": with_arguments}
    return render_template(
        page_or_part(page, part), listing=listing, part=part, page=rows, count=None if chips else count, **asked, **more
    )
