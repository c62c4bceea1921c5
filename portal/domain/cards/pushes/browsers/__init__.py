"""The browsers that show pushes: subscribed, posted to, what their services answered, and what they report."""
