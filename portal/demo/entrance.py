"""How to enter the demo, as lines for a terminal."""

from portal.config import Settings

OTHER_KEY = (
    "The demo world in this database was loaded under another key, so its passwords and tokens are not known here."
)


def lines(settings: Settings) -> list[str]:
    """Load the demo world if the database is empty; its sign-ins and tokens."""
    from portal.demo import world

    world.load(settings)
    if not world.is_here():
        return ["This database is somebody's own: the demo world was not loaded into it."]
    if not world.is_of_this_key(settings):
        return [
            f"{OTHER_KEY} Bring {settings.data_dir / 'demo-secret'} back, or choose another DATABASE_URL or DATA_DIR."
        ]
    return _shown(world.describe(settings))


def _shown(entrance: dict) -> list[str]:
    partners = dict(entrance["partners"])
    for partner in entrance["partners"].values():
        partners.update(partner["companies"])
    signs = [
        (f"{slug}, {role}", *user.values())
        for slug, partner in partners.items()
        for role, user in partner["users"].items()
    ]
    signs.append(("operator", *entrance["operator"].values()))
    tokens = [f"  {slug:<20} {partner['token']}" for slug, partner in partners.items()]
    return [
        "",
        "Sign in as:",
        *(f"  {who:<20} {mail:<28} {password}" for who, mail, password in signs),
        "",
        "Tokens for the JSON API (Authorization: the token as it is):",
        *tokens,
    ]
