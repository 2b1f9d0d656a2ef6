"""What the back office counts and tells."""
