"""The search: what is found, how it is found, and how it is shown."""
