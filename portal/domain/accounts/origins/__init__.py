"""Web pages of a partner's from which browsers may ask the API."""
