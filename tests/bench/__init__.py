"""Benchmarks: what a page costs beside a bare Django view measured in the same run."""
