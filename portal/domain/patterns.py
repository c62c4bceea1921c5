"""Looking for a text inside others with LIKE: what the text holds of LIKE's own signs stands for itself."""

ESCAPE = "ESCAPE '!'"


def containing(text: str) -> str:
    """The pattern of lower-case texts that contain this one; the condition ends with ESCAPE."""
    return f"%{text.lower().replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
