"""Money as integer minor units and an ISO 4217 code; the one place that rounds (half-even)."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact
from fractions import Fraction

from portal.domain import codes
from portal.domain.errors import Invalid
from portal.domain.sentences import say

# Codes by the number of decimals of their minor unit. Codes without one (XAU, XXX …) are left out on purpose:
# nothing can be priced in them.
_BY_EXPONENT = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF "
    "CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS "
    "SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW "
    "ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
EXPONENTS = {code: exponent for exponent, codes in _BY_EXPONENT.items() for code in codes.split()}

# Nine million of the largest still sum up within 64 bits, and each is exact as a JSON number in every client.
LARGEST = 10**12
_EXACT = Context(prec=60, traps=[Inexact])


class UnknownCurrency(Invalid):
    """Not an ISO 4217 code with a minor unit."""


class BadAmount(Invalid):
    """A sum with more decimals than its currency has, or too large to be kept."""


def exponent(currency: str) -> int:
    """Decimals of the currency's minor unit (ISO 4217). Raises UnknownCurrency."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(
            "currency",
            say(
                "“{currency}” is not a currency that can be paid in; send an ISO 4217 code such as USD.",
                currency=str(currency)[:40],
            ),
            code=codes.CURRENCY_UNKNOWN,
        ) from None


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in minor units. Raises UnknownCurrency, or BadAmount when it cannot be held exactly."""
    places = exponent(currency)
    if not amount.is_finite() or (amount and (amount.adjusted() > 15 or abs(amount.scaleb(places)) > LARGEST)):
        raise BadAmount(
            "cost",
            say(
                "The sum is too large. Give at most {largest} {currency}.",
                largest=to_decimal(LARGEST, currency),
                currency=currency,
            ),
            code=codes.SUM_TOO_LARGE,
        )
    minor = whole(amount, places)
    if minor is None:
        raise BadAmount(
            "cost",
            say("{currency} has {places} decimals; the sum has more.", currency=currency, places=places),
            code=codes.TOO_MANY_DECIMALS,
        )
    return minor


def whole(amount: Decimal, places: int) -> int | None:
    """The amount moved by so many decimal places, if that is a whole number exactly, however long it is written."""
    try:
        moved = amount.scaleb(places, _EXACT)
    except Inexact:
        return None
    return int(moved) if moved == moved.to_integral_value() else None


def to_decimal(minor: int, currency: str) -> Decimal:
    """Minor units as a decimal of the currency, with all its decimals."""
    return Decimal(minor).scaleb(-exponent(currency))


def to_wire(minor: int, currency: str) -> float | int:
    """Minor units as the JSON number of the APIs: whole where the currency has no decimals (contract: README, "Money").

    Exact, because sums stay below LARGEST.
    """
    places = EXPONENTS[currency]
    return minor / 10**places if places else minor


def share(minor: int, hundredths_of_percent: int) -> int:
    """A percentage of a sum, rounded half-even to whole minor units."""
    exact = Decimal(minor) * hundredths_of_percent / 10_000
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def portion(minor: int, part: int, whole: int) -> int:
    """What of a sum belongs to a part of a whole, rounded half-even to whole minor units."""
    return round(Fraction(minor * part, whole))
