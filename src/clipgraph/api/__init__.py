"""The graph for Python: ``clipgraph.open()`` asks a release on this machine, and gives Python values."""
