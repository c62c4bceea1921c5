"""Words that no generated code spells: what nobody wants to read out at a door, in several languages.

They are looked for as people read them, digits that look like letters included, wherever they stand in the code.
"""

import re

# Long words that hold a short one of the list need no line of their own.
_WORDS = """
    ANAL ANUS ARSCH ARSE ASS BASTARD BITCH BLYAT BOOB BUTT CACA CAZZO CHINK CLIT COCK COON CRAP CULO CUM CUNT DAMN DEAD DEATH
    DEPP DICK DIE DILDO DUMB DYKE FAG FART FCK FCUK FETT FICK FOTZE FUC FUCK FUK GAY GOOK HASS HATE HEIL HELL HITLER HOMO HURE
    IDIOT ISIS JERK JEW KACK KIKE KILL KKK KUNT LESB MERD MERDE MIST MORON NAZI NEGER NEGR NIGG NSDAP NUTTE PAKI PEDO PEE
    PENIS PISS POOP PORN PUSSY PUTA RAPE RAPIST SATAN SCHEISS SCUM SEX SHAG SHIT SKANK SLAVE SLUT SPAST SPERM SPIC SS STFU SUCK
    SUICIDE SUKA TARD TERROR TIT TITS TURD TWAT VAGINA WANK WHORE WICHS WTF XXX
""".split()
_READ_AS = str.maketrans("01345678", "OIEASGTB", "-_")
_LONGEST = max(map(len, _WORDS))
_SPELLED = re.compile("|".join(sorted(_WORDS, key=len)))


def are_spelled(prefix: str, drawn: str) -> bool:
    """Whether what was drawn spells such a word, alone or together with the end of its prefix; what the prefix spells by
    itself somebody chose."""
    before, after = _read(prefix)[-_LONGEST:], _read(drawn)
    if not _SPELLED.search(before + after):
        return False
    return any(word in (before + after)[max(0, len(before) - len(word) + 1) :] for word in _WORDS)


def _read(text: str) -> str:
    return text.upper().translate(_READ_AS)
