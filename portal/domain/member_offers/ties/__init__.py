"""What ties member offers to other families' areas."""
