"""gunicorn's settings for `manage.py demo`, which lets gunicorn take its place."""

import gc
import os
import signal
import threading

from django.core.management import call_command

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
# Seconds between two looks for e-mails to send.
SENDING_INTERVAL_S = 3


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
    if worker.age == 1:
        # One of the workers sends the e-mails, which is to see them in the terminal.
        send = threading.Thread(
            target=call_command,
            args=["send_alerts"],
            kwargs={"watch": True, "interval": SENDING_INTERVAL_S},
            daemon=True,
        )
        send.start()


def _terminate(number, frame):
    os.kill(os.getpid(), signal.SIGTERM)
