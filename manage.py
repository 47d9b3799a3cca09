#!/usr/bin/env python
"""Django's entry point; without DATABASE_URL it runs on a private PostgreSQL."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agroferias.settings")
    from django.core.management import execute_from_command_line

    from agroferias import localpg

    localpg.provide_database()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
