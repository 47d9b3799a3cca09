"""What must not stand in a log. Loaded with the settings, before any model."""

import logging
import re

TOKEN = re.compile(r"(/(?:mi-feria|avisos)/)[^\s/?'\"]+")


class WithoutTokens(logging.Filter):
    """Takes the tokens of producers' and subscribers' links out of what is logged."""

    def filter(self, record):
        message = record.getMessage()
        if TOKEN.search(message):
            record.msg, record.args = TOKEN.sub(r"\1…", message), ()
        return True
