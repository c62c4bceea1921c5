"""The offers feed: how offers are listed for other programs, what changed of it, and the codes that its clicks draw."""
