"""``python -m osteon VERB``, which is what ``./osteon VERB`` calls."""

import sys

from osteon.site.commands.dispatcher import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
