"""Times as the newer families write them."""

from portal import clock


def moment(micros: int | None) -> str | None:
    """With milliseconds and `Z`, such as `2019-03-13T17:32:00.000Z`."""
    if micros is None:
        return None
    return f"{clock.from_micros(micros).isoformat(timespec='milliseconds')[:23]}Z"
