"""What apps tell of offers that members saw and opened."""
