"""What a promoter may call a link: a name that is unique in the portal and looks like nobody's uid."""

import re

from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.identifiers import UID, is_readable
from portal.domain.sentences import say
from portal.domain.typed.reserved_words import is_no_link
from portal.domain.typed.texts import mended
from portal.domain.values import Wrong

LONGEST = 40
_SLUG = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{1,38})[A-Z0-9]")


def normal_slug(text: str) -> str:
    """A name of a link as it is compared."""
    return mended(text)


def checked_slug(written) -> str:
    """The name as it is compared. Raises Wrong for one that nobody can have."""
    slug = normal_slug(written)
    if not _SLUG.fullmatch(slug):
        raise Wrong(
            say(
                "Use 3 to {longest} letters, digits and hyphens, with a letter or a digit at both ends.",
                longest=LONGEST,
            )
        )
    if is_no_link(slug):
        raise Wrong(say("“{lower}” means something else here. Choose another name.", lower=slug.lower()))
    if (len(slug) == UID and is_readable(slug)) or _is_uid(slug):
        raise Wrong(say("This looks like a promoter’s uid. Add a hyphen or another letter."))
    return slug


def _is_uid(slug: str) -> bool:
    """Whether somebody has it as a uid, with hyphens or without."""
    return Promotion.select().where(Promotion.uid.in_([slug, slug.replace("-", "")])).exists()
