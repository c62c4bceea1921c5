"""The offers feed and the feed of events, for programs (contract: offers-feed)."""
