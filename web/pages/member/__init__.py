"""What members do with the pool: find, publish, read posts, look at each other."""
