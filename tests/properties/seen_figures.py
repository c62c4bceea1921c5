"""What is remembered between requests is what the deals sum up to, in whichever process somebody asks."""

from portal.domain import periods, remembered
from portal.domain.affiliate.clicks import days as clicked_days
from portal.domain.affiliate.figures import figures, sold_days
from portal.domain.events import log
from tests.properties.stage import Side

SELDOM = 6


class Processes:
    """Two web processes, each with a memory of its own: one is asked after so many steps each, and one seldom."""

    def __init__(self, every: int):
        self._often, self._seldom, self._steps, self._every = _nothing(), _nothing(), 0, every

    def tell_the_truth(self, sides: list[Side]) -> None:
        """The first merchant's figures often, the other's seldom. Every other time the worker was there first."""
        self._steps += 1
        if self._steps % 2:
            log.give_positions()
        if self._steps % self._every:
            return
        asked = [self._often, self._seldom] if self._steps % SELDOM == 0 else [self._often]
        for side in sides[: len(asked)]:
            truth = _shown(side, _nothing())
            assert all(_shown(side, memory) == truth for memory in asked), (
                f"{side.mark}'s figures are those of the past"
            )


def _shown(side: Side, memory: list[dict]) -> tuple:
    for kept, known in zip(remembered._every, memory, strict=True):
        kept._kept = known
    clicked_days.forget()
    with side.acting():
        period = periods.last(7, "UTC")
        return figures.of_merchant(side.party.id, period), sold_days.whose(side.party.id, period.stretches)


def _nothing() -> list[dict]:
    return [{} for _ in remembered._every]
