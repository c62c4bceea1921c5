"""What a coupon's code may be, and what it is found by (contract: coupons, "Codes")."""

import re
from typing import NamedTuple

from portal.domain.sentences import say
from portal.domain.typed.texts import mended, plain
from portal.domain.values import Wrong

SHORTEST, LONGEST = 4, 64
_CODE = re.compile(rf"[A-Za-z0-9_-]{{{SHORTEST},{LONGEST}}}")


class Code(NamedTuple):
    """A code: what it is told apart by, and as somebody wrote it."""

    key: str
    written: str


def code(text: str | None) -> Code:
    """A new code from what somebody wrote. Raises Wrong for one that not everybody could type."""
    written = plain(text or "")
    if not _CODE.fullmatch(written):
        raise Wrong(
            say(
                "Use {shortest} to {longest} letters of the English alphabet, digits, hyphens and underscores.",
                shortest=SHORTEST,
                longest=LONGEST,
            )
        )
    return Code(mended(written), written)
