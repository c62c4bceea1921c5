"""What a wire family is: how one documented API speaks. Each family's `family.py` is one value of it.

The gate, the description and the access tests ask these values, and nothing guesses by a path where there is a route.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from portal.api import prose
from portal.api.admission import ADMISSIONS, Admission
from portal.api.credentials import HEADERS
from portal.api.errors import PROBLEM, STATUSES, ApiError, ErrorShape, wrong_field
from portal.api.paging import BY_KEY, Paging
from portal.domain.errors import DomainError, Invalid, NotFound, Refused


class Tag(NamedTuple):
    """What a feature's endpoints are about, for the description."""

    title: str
    text: str


@dataclass(frozen=True)
class WireFamily:
    """One API family.

    `headers` are where a client's token may stand; `Authorization` is not among them where it is somebody else's, a
    member's. `statuses` say what a domain error becomes, the nearest class first. `errors` is the shape of refusals,
    unless a route has its own; `strays` is it where no route is, or one failed: families that share a prefix have the
    same; `nowhere` where it is otherwise for an address that there is not. `pages` are those under the prefix that browsers open, as the description tells of them, by their paths. `envelope` wraps what a view answers: it is given the body and the status.
    """

    prefix: str
    tags: Mapping[str, Tag]
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    headers: tuple[str, ...] = HEADERS
    admissions: Mapping[str, Admission] = field(default_factory=lambda: ADMISSIONS)
    statuses: Mapping[type[DomainError], int] = field(default_factory=lambda: STATUSES)
    errors: ErrorShape = PROBLEM
    strays: ErrorShape = PROBLEM
    nowhere: ErrorShape | None = None
    envelope: Callable[[Any, int], Any] | None = None
    paging: Paging = BY_KEY
    pages: Mapping[str, Mapping] = field(default_factory=dict)

    def refusal(self, error: DomainError) -> ApiError:
        """A domain error as this family tells it."""
        status = next(self.statuses[kind] for kind in type(error).__mro__ if kind in self.statuses)
        more = {"checks": error.told_steps or error.steps} if error.steps else None
        return ApiError(error.code, _sentence(error), _fields(error), status=status, more=more)


def shape_at(families: Iterable[WireFamily], path: str, is_nowhere: bool = False) -> ErrorShape:
    """How refusals are written where no route is: as by the family under whose prefix the address stands, the longest first."""
    above = [family for family in families if f"{path}/".startswith(f"{family.prefix}/")]
    if not above:
        return PROBLEM
    family = max(above, key=lambda one: len(one.prefix))
    return (family.nowhere if is_nowhere else None) or family.strays


def _sentence(error: DomainError) -> str:
    usual = f"{error.sentence} {prose.FIND_IT}" if type(error) is NotFound else error.sentence
    return error.told or usual


def _fields(error: DomainError) -> list[dict]:
    if isinstance(error, Invalid):
        return [wrong_field(name, sentence, error.code_of(name)) for name, sentence in error.errors]
    if isinstance(error, Refused) and error.field:
        return [wrong_field(error.field, error.told or error.sentence, error.code)]
    return []
