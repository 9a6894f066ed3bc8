"""How names are compared: without accents, marks, spaces or case. What is stored and shown is never touched.

>>> name_key("O'Brien-Łukasz")
'obrienlukasz'
"""

from __future__ import annotations

import unicodedata
from typing import Final

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def name_key(name: str) -> str:
    """The letters and digits of a name as they are compared in a search."""
    once = unicodedata.normalize("NFKD", name.casefold())
    twice = unicodedata.normalize("NFKD", once.casefold())  # a letter may be capital only when taken apart
    return "".join(letter for letter in twice.translate(_LETTERS) if letter.isalnum())


def ways_to_read(words: str) -> list[tuple[str, str]]:
    """Every (family, given) beginning that typed words can mean; a comma says which is which.

    >>> ways_to_read("sean o'brien")
    [('seanobrien', ''), ('', 'seanobrien'), ('sean', 'obrien'), ('obrien', 'sean')]
    >>> ways_to_read("O'Brien, S")
    [('obrien', 's')]
    """
    family, comma, given = words.partition(",")
    if comma:
        way = (name_key(family), name_key(given))
        return [way] if any(way) else []
    keys = [key for key in map(name_key, words.split()) if key][:6]
    whole = "".join(keys)
    ways = [(whole, ""), ("", whole)] if whole else []
    for cut in range(1, len(keys)):
        first, second = "".join(keys[:cut]), "".join(keys[cut:])
        ways += [(first, second), (second, first)]
    return ways


def identifier_key(value: str) -> str:
    """A number without spaces, hyphens or case: what makes two written forms the same number."""
    return "".join(character for character in value.casefold() if character.isalnum())
