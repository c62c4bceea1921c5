"""What a customer is made of: each value, the phone number, and the country in which it is read."""
