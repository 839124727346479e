"""Engines answer a query; the embedded one evaluates it in workers of this process."""
