"""What those who run a community look at: what happened, how it goes, what waits."""
