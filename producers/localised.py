"""Content in more than one language, as plain columns."""

from django.utils.translation import get_language

SOURCE_LANGUAGE = "es"


class Localised:
    """Reads <name>_<language>, or the Spanish column <name> where that is empty.

    Set on a model class as `shown_name = Localised("name")`: with English active
    it gives name_en if there is one. Missing columns count as empty.
    """

    def __init__(self, name: str):
        self.name = name

    def __get__(self, row, owner=None):
        if row is None:
            return self
        language = (get_language() or SOURCE_LANGUAGE).split("-")[0]
        if language != SOURCE_LANGUAGE:
            translated = getattr(row, f"{self.name}_{language}", "")
            if translated:
                return translated
        return getattr(row, self.name)
