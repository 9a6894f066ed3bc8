"""The library's first content: versioned text files, and the loader that makes pages of them.

    <language>/<kind>/<slug>.md      front matter in TOML between +++ lines, then Markdown with ``## `` sections

Case studies (``cases``) are not loaded from here: their texts go into case packages (osteon.library.cases).
"""

from pathlib import Path

FOLDER = Path(__file__).parent
