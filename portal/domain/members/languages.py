"""The language that a member reads the club in, and is written to."""

from portal.database import transaction
from portal.domain.accounts import languages
from portal.domain.members.tables import Member


def choose(member_id: int, language: str | None) -> None:
    """What the member reads from now on; None leaves it to their browser. Raises Wrong for one that there is not."""
    chosen = languages.known(language)
    with transaction():
        Member.update(language=chosen).where(Member.id == member_id, Member.erased_at.is_null()).execute()
