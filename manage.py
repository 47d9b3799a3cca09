#!/usr/bin/env python
"""Django's entry point; without DATABASE_URL it runs on a private PostgreSQL."""

import os
import sys

from django.core.management import execute_from_command_line

from agroferias.bootstrap import ExpectedError, provide_secret_key
from agroferias.localpg import provide_database


def main():
    """Provide what the settings need, then run the command of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agroferias.settings")
    try:
        provide_secret_key()
        provide_database()
    except ExpectedError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
