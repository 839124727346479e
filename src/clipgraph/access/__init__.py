"""Who may do what: tokens with roles, and the log of every write."""
