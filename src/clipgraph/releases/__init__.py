"""Immutable releases of the graph: build, commit, current, list."""
