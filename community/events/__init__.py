"""Events with seats: who comes, who waits, and what becomes of it."""
