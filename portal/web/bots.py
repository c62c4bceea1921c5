"""Who is known to follow links by itself, or only looks ahead: such a visit is answered like any other, and is nobody's."""

import re
from pathlib import Path

from flask import request

_LINES = [line for line in Path(__file__).with_suffix(".txt").read_text().splitlines() if line and line[0] != "#"]
_WORDS = frozenset(line for line in _LINES if line[0] != "^")
_BEGINNINGS = tuple(line[1:] for line in _LINES if line[0] == "^")
_BETWEEN_WORDS = str.maketrans("/;(),+:", "       ")
_ends_in_bot = re.compile(r"(?<!cu)bots?(?![a-z])").search  # Cubot makes phones.
_LONGEST = 500
_looks_ahead = re.compile(r"prefetch|prerender|preview", re.IGNORECASE).search


def is_known(agent: str) -> bool:
    """Whether a User-Agent is that of a crawler, a preview or a watcher in `bots.txt`, or calls itself one."""
    agent = agent[:_LONGEST].lower()
    if "crawl" in agent or "spider" in agent or "preview" in agent or "scrape" in agent:
        return True
    if "bot" in agent and _ends_in_bot(agent):
        return True
    return agent.startswith(_BEGINNINGS) or not _WORDS.isdisjoint(agent.translate(_BETWEEN_WORDS).split())


def looks_ahead() -> bool:
    """Whether a browser only fetches or previews what might be followed: nobody has followed it yet."""
    said = request.headers.get
    purpose = said("Sec-Purpose") or said("Purpose") or said("X-Purpose") or said("X-Moz")
    return purpose is not None and _looks_ahead(purpose) is not None
