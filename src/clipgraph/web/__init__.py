"""The HTTP surface: every route is short, and errors become statuses in one table."""
