"""This bot and a plain peer, side by side: the same groups, the same words, the same machine."""
