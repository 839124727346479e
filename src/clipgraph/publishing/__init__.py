"""From the project's files to a new release."""
