import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from markets.sending import send_due

INTERVAL_S = 20


class Command(BaseCommand):
    help = "Sends the e-mails that are due: once, or all the time with --watch."

    def add_arguments(self, parser):
        parser.add_argument(
            "--watch",
            action="store_true",
            help="Go on until it is told to stop (SIGTERM or Ctrl-C).",
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=INTERVAL_S,
            help="Seconds between two looks with --watch.",
        )

    def handle(self, *, watch, interval, verbosity, **options):
        if watch:
            self.watch(interval)
            return
        try:
            count = send_due()
        except OSError as error:
            raise CommandError(_unreachable(error)) from error
        if verbosity:
            said = ngettext("{count} mail sent.", "{count} mails sent.", count)
            self.stdout.write(said.format(count=count))

    def watch(self, interval):
        """Send what is due every interval seconds until a signal says to stop.

        The mail at hand is sent before it ends. A database or mail server that does
        not answer is told of once, and asked again.
        """
        stop, told = _stopped_by_signals(), ""
        while not stop.is_set():
            try:
                send_due(stop.is_set)
                problem = ""
            except (InterfaceError, OperationalError) as error:
                problem = _("The database does not answer: {reason}").format(
                    reason=type(error).__name__
                )
            except OSError as error:
                problem = _unreachable(error)
            # A pooled connection goes back, a broken one away.
            connection.close()
            if problem and problem != told:
                self.stderr.write(problem)
            told = problem
            stop.wait(interval)


def _unreachable(error):
    message = _("The mail server cannot be reached: {reason}")
    return message.format(reason=type(error).__name__)


def _stopped_by_signals():
    """Return an event that SIGTERM and Ctrl-C set."""
    stop = threading.Event()
    # In the demo's server it is a thread, which ends with its process.
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_about: stop.set())
    return stop
