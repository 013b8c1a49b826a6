"""The page of a conflict: its incidents over time."""
