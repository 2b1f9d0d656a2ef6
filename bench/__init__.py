"""Benchmarks, and the data that match quality is measured on."""
