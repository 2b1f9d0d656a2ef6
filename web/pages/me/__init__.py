"""What a member has and decides himself: posts, card, follows, privacy, letters, data."""
