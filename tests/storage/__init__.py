"""Tests of tables, queries and migrations."""
