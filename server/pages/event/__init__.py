"""The page of an event: its roles, its claims side by side, its numbers as ranges."""
