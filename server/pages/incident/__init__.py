"""The page of an incident: one happening as all its articles tell it, with the numbers that disagree."""
