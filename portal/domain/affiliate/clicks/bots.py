"""Who is known to follow links by itself: such a visit is sent on like any other, and is nobody's click."""

import re
from pathlib import Path

_LINES = [line for line in Path(__file__).with_suffix(".txt").read_text().splitlines() if line and line[0] != "#"]
_WORDS = frozenset(line for line in _LINES if line[0] != "^")
_BEGINNINGS = tuple(line[1:] for line in _LINES if line[0] == "^")
_BETWEEN_WORDS = str.maketrans("/;(),+:", "       ")
_ends_in_bot = re.compile(r"(?<!cu)bots?(?![a-z])").search  # Cubot makes phones.
_LONGEST = 500


def is_known(agent: str) -> bool:
    """Whether a User-Agent is that of a crawler, a preview or a watcher in `bots.txt`, or calls itself one."""
    agent = agent[:_LONGEST].lower()
    if "crawl" in agent or "spider" in agent or "preview" in agent or "scrape" in agent:
        return True
    if "bot" in agent and _ends_in_bot(agent):
        return True
    return agent.startswith(_BEGINNINGS) or not _WORDS.isdisjoint(agent.translate(_BETWEEN_WORDS).split())
