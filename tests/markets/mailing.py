"""What the tests of the alerts share: sending, reading, and a mail server."""

import os
import socketserver
import subprocess
import sys
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.db import connection

from markets.models import Delivery
from markets.sending import send_due

# What a worker's connections are called in the database.
WORKER = "agroferias-test-worker"


def read_mail():
    """Send what is due; return what went out."""
    mail.outbox.clear()
    send_due()
    return list(mail.outbox)


def told(messages):
    """Return {address: subject} of messages."""
    return {one.to[0]: one.subject for one in messages}


def make_due():
    """Let all that waits be due, as if its time had come."""
    Delivery.objects.waiting().update(due_at="2026-01-01T00:00Z")


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as smtplib asks for (RFC 5321).

    answers: {command: the line to answer with}, instead of taking the mail; None
    never answers. seen: the first lines of commands; mails: those taken.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers, self.seen, self.mails = {}, [], []
        self.waits = threading.Event()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 ready")
        for line in self.rfile:
            command = line.decode().split()[0].upper().partition(":")[0]
            self.server.seen.append(command)
            if command in self.server.answers:
                if self.server.answers[command] is None:
                    self.server.waits.set()
                    continue
                self.say(self.server.answers[command])
            elif command == "DATA":
                self.say("354 go on")
                self.take()
            else:
                self.say("250 OK")
            if command == "QUIT":
                return

    def take(self):
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.mails.append(b"".join(lines).decode())
        self.say(self.server.answers.get(".", "250 taken"))

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server():
    """Run a MailServer in a thread; yield it."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def start_worker(server, *arguments):
    """Start `manage.py send_alerts` in a process, on the test's own database."""
    base = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DATABASE_URL": base._replace(path=f"/{name}").geturl(),
        "EMAIL_URL": server.url,
        "PGAPPNAME": WORKER,
    }
    return subprocess.Popen(  # noqa: S603 - our own argument list
        [sys.executable, "manage.py", "send_alerts", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
