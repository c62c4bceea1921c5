"""Words that mean something elsewhere, and so are nobody's promo code: a form that was left empty sends one, or a program does."""

_WORDS = """
    admin administrator root system operator portal support api json html http https www
    null nil none undefined nan void empty blank missing unknown unset default example sample placeholder
    true false yes not test tests testing tester demo debug dev staging
    na nocode nopromo nocoupon promocode couponcode discountcode vouchercode
    myshare uid ref click customer subid
"""
RESERVED = frozenset(_WORDS.upper().split())
_MARKS = str.maketrans("", "", "-_")


def is_reserved(code: str) -> bool:
    """Whether a code, as codes are compared, is such a word; marks within it make it no other word: N-A, UN_DEFINED."""
    return code.translate(_MARKS) in RESERVED
