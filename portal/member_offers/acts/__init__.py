"""What members do with offers: use and like them; and what is granted to them."""
