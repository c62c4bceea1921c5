"""What members get of an offer: its scope and type, when and how often it may be used."""
