"""How often offers were seen and opened, by day."""
