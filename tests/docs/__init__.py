"""What the documents say of themselves."""
