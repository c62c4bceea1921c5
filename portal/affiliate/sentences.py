"""What both sides of a deal read about its reward."""

from portal.web.formats import money, share


def terms(fix_remuneration: int | None, reward_percent: int | None, currency: str) -> str:
    """What a reward is worked out from: a sum in minor units, else hundredths of a percent of the cost."""
    if fix_remuneration is not None:
        return f"{money(fix_remuneration, currency)} a deal"
    return f"{share(reward_percent)} of the cost"


def reward(sum_: int, currency: str, may_come: bool) -> str:
    """What a deal earns its promoter; `may_come` says that it is worked out once the customer pays."""
    if sum_:
        return money(sum_, currency)
    return "Worked out when the customer pays" if may_come else "None"
