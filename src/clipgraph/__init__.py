"""clipgraph: local integration policy in Europe, published as linked data."""

__version__ = "0.1.0"
