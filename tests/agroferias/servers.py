"""What the launcher's tests ask of a server."""

import time

import psycopg

# The short way of the tests' own server: see tests/database.py.
FAST = ["-c", "fsync=off"]


def query(server, statement):
    """Return the first value of the answer as text, None if it has no rows."""
    with psycopg.connect(server.url("agroferias"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        if cursor.description is None:
            return None
        return str(cursor.fetchone()[0])


def answers(server):
    try:
        return query(server, "SELECT 1") == "1"
    except psycopg.OperationalError:
        return False


def server_pid(server):
    return int((server.data / "postmaster.pid").read_text().split()[0])


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
