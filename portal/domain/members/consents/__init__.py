"""What members have agreed to, word by word, and when."""
