"""Words that mean something elsewhere: as promo codes or as names of links they would mislead programs, or people."""

# What a form that was left empty sends, or a program does that has nothing to say: nobody's code.
_OF_PROGRAMS = """
    ADMIN ADMINISTRATOR ROOT SYSTEM OPERATOR PORTAL SUPPORT API JSON HTML HTTP HTTPS WWW
    NULL NIL NONE UNDEFINED NAN VOID EMPTY BLANK MISSING UNKNOWN UNSET DEFAULT EXAMPLE SAMPLE PLACEHOLDER
    TRUE FALSE YES NOT TEST TESTS TESTING TESTER DEMO DEBUG DEV STAGING
    NA NOCODE NOPROMO NOCOUPON PROMOCODE COUPONCODE DISCOUNTCODE VOUCHERCODE
    MYSHARE UID REF CLICK CUSTOMER SUBID
"""
# Where people would take a link for one of the portal's own pages, or for an example.
_OF_PAGES = """
    ABOUT ACCOUNT APP AUTH BILLING CATALOG CATALOGS CODE CONTACT COUPON DASHBOARD DEALS DOCS FAVICON GO HELP HOME INDEX
    LANDING LANDINGS LEGAL LINK LINKS LIVEZ LOGIN LOGOUT MARKETPLACE MODERATOR OFF OFFICIAL ON OWNER PAYMENT PAYOUT PAYOUTS
    PRIVACY PROMO PROMOTER PROMOTERS PROMOTIONS READYZ REGISTER REWARDS ROBOTS SECURITY SETTINGS SIGNIN SIGNOUT SIGNUP
    SITEMAP STAFF STATIC STATUS TERMS TODO VERIFY WEBHOOK WEBHOOKS WELLKNOWN FOO BAR XXX
"""
_CODES = frozenset(_OF_PROGRAMS.split())
_LINKS = _CODES.union(_OF_PAGES.split())
_MARKS = str.maketrans("", "", "-_")


def is_no_code(code: str) -> bool:
    """Whether a code, as codes are compared, is such a word; marks within it make it no other word: N-A, UN_DEFINED."""
    return code.translate(_MARKS) in _CODES


def is_no_link(name: str) -> bool:
    """The same of the name of a link, which may not be called like a page of the portal either."""
    return name.translate(_MARKS) in _LINKS
