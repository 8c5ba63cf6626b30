"""The house's formats hold in this language too."""

from config.formats.house import *  # noqa: F403
