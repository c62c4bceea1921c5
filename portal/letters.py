"""What texts are looked through as: without regard to case, to marks on letters, to the kinds of dashes, quotes and spaces.

Nobody types "Café – l’été" as it stands on a page: "cafe - l'ete" finds it.
"""

from collections.abc import Iterable
from itertools import chain
from unicodedata import combining, normalize

_ALPHABETS = (range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))  # Latin, Greek and Cyrillic
_NOT_TAKEN_APART = {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ς": "σ"}
_DASHES, _QUOTES, _SPACES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "‘’ʼ", "\xa0\u2007\u2009\u202f"
_SIGNS = dict.fromkeys(_DASHES, "-") | dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_SPACES, " ")
SEVERAL = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
_GONE = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_MARKS = "".join(map(chr, range(0x300, 0x370)))


def _without_marks(letter: str) -> str:
    return "".join(part for part in normalize("NFD", letter) if not combining(part)).lower()


_MARKED = {
    letter: _without_marks(letter) for letter in map(chr, chain(*_ALPHABETS)) if letter != normalize("NFD", letter)
}
_EXCHANGED = _NOT_TAKEN_APART | _SIGNS
_UNMARKED = {letter: plain for letter, plain in _MARKED.items() if len(plain) == 1}
_PLAIN = str.maketrans(_UNMARKED | _EXCHANGED | SEVERAL | dict.fromkeys(_GONE + _MARKS, ""))


def alike(text: str) -> str:
    """The text as those that read alike are written."""
    text = text.lower()
    return text if text.isascii() else normalize("NFC", text.translate(_PLAIN))


def function() -> str:
    """The same for PostgreSQL, as ALIKE, of texts as they are kept. What it is must be made anew by a migration whenever the letters
    above change.

    Nearly all texts are taken at the first look. Signs are exchanged only where some stand, for each letter is compared with all of
    them; marks are taken off by pulling letters and marks apart and putting together what is left: "≠" is no letter with a mark.
    """
    exchanged = f"translate(lower(written), '{_quoted(_EXCHANGED)}{_quoted(_GONE)}', '{_quoted(_EXCHANGED.values())}')"
    for letter, plain in SEVERAL.items():
        exchanged = f"replace({exchanged}, '{letter}', '{plain}')"
    signs = "".join(f"\\u{ord(letter):04x}" for letter in [*_EXCHANGED, *_GONE, *SEVERAL])
    plain = f"CASE WHEN lower(written) ~ '[{signs}]' THEN {exchanged} ELSE lower(written) END"
    unmarked = f"normalize(regexp_replace(normalize({plain}, NFD), '[\\u0300-\\u0337\\u0339-\\u036f]', '', 'g'), NFC)"
    return f"""CREATE OR REPLACE FUNCTION alike(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN octet_length(written) = char_length(written) THEN lower(written COLLATE "C")
        ELSE lower(replace({unmarked}, '\u0338', '') COLLATE "C") END $$"""


def _quoted(letters: Iterable[str]) -> str:
    return "".join(letters).replace("'", "''")
