"""gunicorn's settings for `manage.py demo`, which lets gunicorn take its place."""

import gc
import os
import signal

from agroferias.localpg import provide_database

# As the process that was here before has done: the exec dropped its hold on the server.
provide_database()

worker_class = "gthread"
workers = 2
threads = 4
# Below it, gunicorn remarks on every HEAD, whose body it drops.
loglevel = "error"
# Its socket would go below the home folder, which may not be writable.
control_socket_disable = True
# Seconds that open connections may still take after SIGTERM.
graceful_timeout = 3


def when_ready(server):
    """Take the signals that demo put off, now that gunicorn handles them."""
    # gunicorn would reload on it; it is a closed terminal here.
    signal.signal(signal.SIGHUP, _terminate)
    put_off = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, put_off)


def post_worker_init(worker):
    """Leave the terminal's signals to the parent, which tells the workers in order."""
    # What the application has loaded stays: a collection need not look at it again.
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _terminate(number, frame):
    os.kill(os.getpid(), signal.SIGTERM)
