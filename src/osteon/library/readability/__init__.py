"""How hard a text is to read, in English and Spanish, without asking anyone outside. A guide, not a verdict."""

from osteon.library.readability.measures import LongWord, Readability, Score, UnknownLanguage, measure
from osteon.library.readability.text import Sentence

__all__ = ["LongWord", "Readability", "Score", "Sentence", "UnknownLanguage", "measure"]
