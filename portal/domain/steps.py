"""A check that can explain itself: named steps in order, each passed, failed or not reached, with the nearest fix."""

PASSED, FAILED, NOT_REACHED = "passed", "failed", "not reached"


class Steps:
    """The steps of one check, as they are taken."""

    def __init__(self, *checks: str):
        self._steps = {check: {"check": check, "outcome": NOT_REACHED, "detail": "", "fix": ""} for check in checks}

    def passed(self, check: str, detail: str = "") -> None:
        """The step is fulfilled."""
        self._steps[check].update(outcome=PASSED, detail=detail, fix="")

    def also(self, check: str, detail: str) -> None:
        """One more step, which is taken only where there is something to tell."""
        self._steps[check] = {"check": check, "outcome": PASSED, "detail": detail, "fix": ""}

    def failed(self, check: str, detail: str, fix: str) -> None:
        """The step is not fulfilled, and what would mend it."""
        self._steps[check].update(outcome=FAILED, detail=detail, fix=fix)

    def has_passed(self, check: str) -> bool:
        """Whether the step is fulfilled so far."""
        return self._steps[check]["outcome"] == PASSED

    def as_list(self) -> list[dict]:
        """The steps as they are kept and answered."""
        return list(self._steps.values())


def first_failed(steps: list[dict]) -> dict | None:
    """The step that decided a refusal."""
    return next((step for step in steps if step["outcome"] == FAILED), None)
