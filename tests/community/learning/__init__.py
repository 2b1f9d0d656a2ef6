"""Tests of what a community learns."""
