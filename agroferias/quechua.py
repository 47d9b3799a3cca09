"""What there is in Quechua besides the products' names: navigation and states.

Southern Quechua, written without a speaker: every word waits for a review, as each
page that shows one says. The catalogue's entries carry the same note.
"""

from django.utils.translation import get_language, gettext

CODE = "qu"
NOTE = "To be reviewed by speakers of Quechua."
# The states that stand alone, wherever they are shown.
STATES = [
    "Not now",
    "A little",
    "Available",
    "At its best",
    "Yes, there is a market",
    "Not confirmed yet",
    "No market that day",
    "There was no market",
]


def says(text: str) -> bool:
    """Whether a text of the present page is one of the states, said in Quechua."""
    return get_language() == CODE and str(text) in {gettext(one) for one in STATES}
