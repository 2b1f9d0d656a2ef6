"""What a post lives through, from its first word to its end."""
