"""Letters that come by themselves, to those who asked for them: matches, and what is new."""
