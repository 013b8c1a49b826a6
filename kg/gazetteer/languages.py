"""The languages whose labels a gazetteer keeps: those of the project's readers and of the countries most at war."""

from __future__ import annotations

LANGUAGES = frozenset(["en", "ar", "de", "es", "fa", "fr", "he", "pt", "ru", "tr", "uk", "zh"])
"""BCP 47 tags. Names in Latin letters are kept whatever their language, as news spells them in many ways."""

ENGLISH = ("en", "mul", "en-gb", "en-us", "en-ca")
"""Where an English label is looked for, the best first; `mul` is Wikidata's for all languages."""
