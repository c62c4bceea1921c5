"""What members get of offers, as their partner makes and changes it."""
