"""What a guest or a customer would see of the club's offers, for its partner."""
