"""Tells what is wrong in the graph, on which line, and what to do about it."""
