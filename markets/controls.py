"""Characters that neither XML nor iCalendar can carry, out of what staff pasted."""

import re

# C0 but tab and line ends, DEL, C1, and what XML 1.0 leaves out at the end of plane 0.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Return text without its control characters; tabs and line ends stay."""
    return CONTROLS.sub("", text)
