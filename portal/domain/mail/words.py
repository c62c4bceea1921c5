"""What people typed, as mails carry it: short, told apart from our own words, and never a link.

A mail speaks in the portal's name, so whoever is called "Visit http://evil.example" must not lure through it. Only addresses
that the portal made become links; in everything else what mail programs would make one is broken up, visibly:
"evil[.]example".
"""

import re

LONGEST_NAME, LONGEST_TEXT = 60, 500
_CUT = "…"
# A dot inside a word, those of other scripts that domain names know (RFC 3490, 3.1) as well, and what ends a scheme. A word is
# whatever no space divides: names of hosts end in vowel signs, and what cannot be seen is no end of them.
_DOT = re.compile(r"(?<=[^\s.\[])([.。．｡․﹒])(?=[^\s.,;:!?/()]*[^\W\d_])|(?<=\d)\.(?=\d+\.)")
_SCHEME = re.compile(r"(?<=[^\s\d:\[]):(?=\S)")


def line(text: str, longest: int = LONGEST_NAME) -> str:
    """A name or title in one line, not too long."""
    return _short(" ".join(text.split()), longest)


def quoted(text: str) -> str:
    """A text of its own lines, marked as somebody else's and not too long: the whole of it stands in the portal."""
    return "\n".join(f"> {row}".rstrip() for row in _short(text.strip(), LONGEST_TEXT).splitlines())


def unlinked(text: str) -> str:
    """The text, of which no mail program makes a link."""
    return _SCHEME.sub("[:]", _DOT.sub("[.]", text))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + _CUT
