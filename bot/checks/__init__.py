"""What ``laoyou doctor`` looks at. Each check tells what it found and how to fix it."""
