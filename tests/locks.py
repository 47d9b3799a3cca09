"""Waiting for another connection, in tests of two at once."""

import time

from django.db import connection


def wait_for_somebody_to_wait():
    """Return once a connection waits for what another holds, after 5 s at the most."""
    with connection.cursor() as cursor:
        for _try in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
