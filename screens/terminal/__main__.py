"""The same as the command ``sedyanka``, for ``python -m screens.terminal``."""

from screens.terminal import main

main()
