"""The page of an article: its text with its mentions, and its events as cards."""
