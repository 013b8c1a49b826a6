"""The page where people say whether two events are of one happening."""
