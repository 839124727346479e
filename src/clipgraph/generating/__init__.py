"""Graphs of any size that nobody wrote: made by chance, the same each time, and fit for the shapes."""
