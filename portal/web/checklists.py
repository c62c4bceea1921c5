"""The way to the first result in an area, for the start page of whoever has chosen it."""

from collections.abc import Sequence

from flask import g, url_for

from portal.domain.sentences import Sentence

Step = tuple[Sentence, Sentence, str]  # what to do, why, and the endpoint where


def is_chosen(area: str) -> bool:
    """Whether the partner has switched the area on."""
    return area in (g.partner.areas or "").split()


def drawn(title: Sentence, steps: Sequence[Step], done: Sequence[bool]) -> tuple[Sentence, list[dict]] | None:
    """What to do, why, where, and whether it is done; None once all of it is done."""
    if all(done):
        return None
    following = list(done).index(False)
    return title, [
        {"title": what, "text": why, "url": url_for(place), "done": done[number], "next": number == following}
        for number, (what, why, place) in enumerate(steps)
    ]
