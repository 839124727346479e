"""Evidence: the source texts, what the passages of the graph say of them, and how much of them is covered."""
