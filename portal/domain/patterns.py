"""Looking for a text inside others with LIKE: what the text holds of LIKE's own signs stands for itself."""

ESCAPE = "ESCAPE '!'"


def containing(text: str) -> str:
    """The pattern of lower-case texts that contain this one; the condition ends with ESCAPE."""
    return f"%{starting(text)}"


def starting(text: str, lower: bool = True) -> str:
    """The pattern of texts that begin with this one, lower-case ones unless told otherwise."""
    written = text.lower() if lower else text
    return f"{written.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
