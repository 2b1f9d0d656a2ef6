"""Tests of looking back at open posts."""
