"""Recovery codes: ten, shown once, each good for one sign-in without the app. They do not hang on SECRET_KEY."""

from portal import clock
from portal.database import Statement
from portal.domain.accounts.sign_ins import notices
from portal.domain.accounts.sign_ins.tables import RecoveryCode
from portal.domain.accounts.tables import User
from portal.domain.identifiers import digest, short_code
from portal.domain.sentences import say
from portal.domain.typed.texts import mended

COUNT = 10
_LENGTH, _GROUP = 16, 4  # 80 random bits: nobody guesses them, not from the digest either

_USE = Statement(
    "UPDATE recovery_code SET used_at = :now WHERE user_id = :user AND digest = :digest AND used_at IS NULL"
)


def left(user_id: int) -> int:
    """How many of the person's codes are unused."""
    return RecoveryCode.select().where(RecoveryCode.user == user_id, RecoveryCode.used_at.is_null()).count()


def replace(user_id: int) -> list[str]:
    """Ten new codes instead of whatever there was, in the running transaction."""
    forget(user_id)
    codes = [short_code(_LENGTH) for _ in range(COUNT)]
    RecoveryCode.insert_many([{"user": user_id, "digest": _digest(user_id, code)} for code in codes]).execute()
    return [_grouped(code) for code in codes]


def use(user: User, given: str) -> bool:
    """Use a code up, in the running transaction; whether it was good. The person is told by mail."""
    done = bool(_USE.run(now=clock.wall_micros(), user=user.id, digest=_digest(user.id, _normal(given))))
    if done:
        notices.tell(
            user, "recovery_code.used", say("A recovery code was used"), "recovery_code_used", left=left(user.id)
        )
    return done


def looks_like_one(given: str) -> bool:
    """Whether it has the length of a recovery code rather than of an app's code."""
    return len(_normal(given)) == _LENGTH


def forget(user_id: int) -> None:
    """Remove the person's codes, in the running transaction."""
    RecoveryCode.delete().where(RecoveryCode.user == user_id).execute()


def _normal(given: str) -> str:
    return "".join(mended(given).replace("-", "").split())


def _grouped(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def _digest(user_id: int, code: str) -> str:
    return digest(f"{user_id}:{code}")
