"""A check that can explain itself: named steps in order, each passed, failed or not reached, with the nearest fix."""

from dataclasses import asdict, dataclass

PASSED, FAILED, NOT_REACHED = "passed", "failed", "not reached"


@dataclass(slots=True)
class Step:
    """One step of a check."""

    check: str
    outcome: str
    detail: str = ""
    fix: str = ""


class Steps:
    """The steps of one check, as they are taken."""

    def __init__(self, *checks: str):
        self._steps = [Step(check, NOT_REACHED) for check in checks]
        self._by_name = {step.check: step for step in self._steps}

    def passed(self, check: str, detail: str = "") -> None:
        """The step is fulfilled."""
        self._settle(check, PASSED, detail, "")

    def failed(self, check: str, detail: str, fix: str) -> None:
        """The step is not fulfilled, and what would mend it."""
        self._settle(check, FAILED, detail, fix)

    def as_list(self) -> list[dict]:
        """The steps as they are kept and answered."""
        return [asdict(step) for step in self._steps]

    def _settle(self, check: str, outcome: str, detail: str, fix: str) -> None:
        step = self._by_name[check]
        step.outcome, step.detail, step.fix = outcome, detail, fix


def first_failed(steps: list[dict]) -> dict | None:
    """The step that decided a refusal."""
    return next((step for step in steps if step["outcome"] == FAILED), None)
