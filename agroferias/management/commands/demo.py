"""The site on this machine, from an empty folder to a page in the browser."""

import errno
import logging
import os
import secrets
import signal
import socket
import sys

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import InternalError, OperationalError, connection
from django.urls import reverse
from django.utils.translation import gettext as _

from agroferias.bootstrap import PROJECT, explain, keep_secret, var_dir
from agroferias.localpg import provided_folder
from agroferias.pgprograms import MIN_MAJOR
from producers.models import Producer

HOST = "127.0.0.1"
LAST_PORT = 65535
ACCOUNT = "feria"


class Command(BaseCommand):
    help = "Prepare the site with sample data and a staff account, and serve it."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        check_port(port)
        # It reports connections cut short by Ctrl-C.
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        try:
            check_database()
            password = prepare()
        except (OSError, OperationalError, InternalError) as error:
            sys.exit(sentence_on(error))
        site = f"http://{HOST}:{port}"
        self.stdout.write(
            _(
                "The site: {site}\n"
                "For the staff: {admin}\n"
                "Account: {account}\n"
                "Password: {password}\n"
                "Ctrl-C stops everything."
            ).format(
                site=f"{site}/",
                admin=site + reverse("admin:index"),
                account=ACCOUNT,
                password=password,
            )
        )
        serve(port)


def check_port(port: int):
    """Exit with one sentence if the site cannot listen on port."""
    if not 1 <= port <= LAST_PORT:
        sys.exit(_("PORT goes from 1 to {last}.").format(last=LAST_PORT))
    with socket.socket() as probe:
        # As gunicorn does: connections of a site that just ended don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = _("Port {port} is in use: choose another one with PORT=.")
            else:
                message = _("Port {port} is not allowed: choose one above 1023.")
            sys.exit(message.format(port=port))


def check_database():
    """Exit with one sentence if the database server is too old.

    Raises OperationalError if it does not answer. Not through the pool, which would
    try again for half a minute.
    """
    with connection.wrap_database_errors:
        psycopg_connection = psycopg.connect(**connection.get_connection_params())
    with psycopg_connection:
        major = psycopg_connection.info.server_version // 10000
    if major < MIN_MAJOR:
        message = _("PostgreSQL {minimum} or newer is needed, this server is {found}.")
        sys.exit(message.format(minimum=MIN_MAJOR, found=major))


def prepare() -> str:
    """Bring database, static files and account up to date; return the password."""
    call_command("migrate", verbosity=0, interactive=False)
    if not Producer.objects.exists():
        call_command("load_sample", verbosity=0)
    call_command("schedule_market_days", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    return provide_account()


def provide_account() -> str:
    """Create the staff account where it is missing; return its password to show.

    The password is random and kept in the var folder; deleting the file resets it.
    """
    kept, is_new = keep_secret(
        var_dir() / "demo-account.txt", lambda: f"{ACCOUNT} {secrets.token_urlsafe(12)}"
    )
    password = kept.split()[-1]
    user, is_created = get_user_model().objects.get_or_create(
        username=ACCOUNT, defaults={"is_staff": True, "is_superuser": True}
    )
    if is_new or is_created:
        user.set_password(password)
        user.save()
    elif not user.check_password(password):
        return _("the one you chose")
    return password


def sentence_on(error: Exception) -> str:
    """Return one sentence for the terminal on a failure that is not a bug."""
    if isinstance(error, OSError):
        return explain(error, var_dir())
    if folder := provided_folder():
        return explain(error, folder)
    return _("The server of DATABASE_URL cannot be used: {reason}").format(
        reason=str(error).splitlines()[0]
    )


def serve(port: int):
    """Let the server take this process's place, so that signals need no relay.

    gunicorn outside debugging; its workers even end after a kill -9 of their parent.
    """
    site = f"http://{HOST}:{port}"
    environment = {"HTTPS": "0", "SITE_URL": site, **os.environ}
    if provided_folder():
        # For the server's own start to provide it again, and stop it at the end.
        del environment["DATABASE_URL"]
    if settings.DEBUG:
        command = ["manage.py", "runserver", f"{HOST}:{port}"]
    else:
        command = ["-m", "gunicorn", "--config", "python:agroferias.demo_server"]
        command += ["--bind", f"{HOST}:{port}", "agroferias.wsgi"]
        # Until gunicorn handles them: now they would end it without its exit hooks.
        put_off = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        signal.pthread_sigmask(signal.SIG_BLOCK, put_off)
    os.chdir(PROJECT)
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *command], environment)  # noqa: S606 - own argument list
