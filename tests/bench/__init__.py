"""Tests of what the benchmarks do themselves."""
