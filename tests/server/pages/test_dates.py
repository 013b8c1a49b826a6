"""Days in words."""

import pytest

from server.pages.dates import day_in_words, when_in_words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2023-01-01", "2023-01-01", "unitDay", "1 Jan 2023"),
        ("2025-06-02", "2025-06-03", "unitDay", "2–3 Jun 2025"),
        ("2025-06-30", "2025-07-01", "unitDay", "30 Jun – 1 Jul 2025"),
        ("2024-12-31", "2025-01-01", "unitDay", "31 Dec 2024 – 1 Jan 2025"),
        ("2025-06-02", "2025-06-08", "unitWeek", "2–8 Jun 2025"),
        ("2025-06-01", "2025-06-30", "unitMonth", "Jun 2025"),
        ("2025-05-01", "2025-06-30", "unitMonth", "May–Jun 2025"),
        ("2024-12-01", "2025-01-31", "unitMonth", "Dec 2024 – Jan 2025"),
        ("2019-01-01", "2019-12-31", "unitYear", "2019"),
        ("2019-01-01", "2021-12-31", "unitYear", "2019–2021"),
        ("2025-06-02T09:30:00+06:00", "2025-06-02", "", "2 Jun 2025"),
        ("2025-06-02", "", "", "from 2 Jun 2025"),
        ("", "2025-06-02", "unitDay", "until 2 Jun 2025"),
        ("", "", "", ""),
    ],
)
def test_when(start: str, end: str, precision: str, words: str) -> None:
    assert when_in_words(start, end, precision) == words


def test_what_is_no_date_is_given_back() -> None:
    assert day_in_words("soon") == "soon"
    assert when_in_words("soon", "2025-01-01") == "from soon until 1 Jan 2025"
