"""Posts whose author nobody is told: aliases, what is sealed, and from whom they are hidden."""
