"""A private PostgreSQL for development and tests, so that nobody has to install one.

manage.py and the tests use it where DATABASE_URL is unset; production never does.
It needs POSIX (file locks, Unix sockets): on Windows set DATABASE_URL.
"""

import atexit
import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

from agroferias.bootstrap import ExpectedError, explain, locked, var_dir
from agroferias.pgprograms import find_programs, run

START_TIMEOUT_S = 90
STOP_TIMEOUT_S = 10
# For a server too busy to answer.
READY_TIMEOUT_S = 2
# Accounts that exist already, for root: the server refuses to run as root.
ACCOUNTS = ("postgres", "nobody")
# Where their data goes: they may not reach the project's folder, and /var/tmp ages.
ACCOUNT_FOLDERS = ("/var/lib", "/var/tmp")  # noqa: S108 - mkdtemp makes the name
# Not tempfile's: every process must find the same one, and 107 bytes are the limit.
SOCKET_FOLDER = Path("/tmp")  # noqa: S108 - a private folder inside, its owner checked
# Linux's; macOS has none.
PROC = Path("/proc")
# The same order and case rules on every system.
BUILTIN_LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
BUILTIN_LOCALE_SINCE = 17
_provided = []


def provide_database(folder=None, *, name="agroferias", args=(), discard=False):
    """Set DATABASE_URL, where it is unset, to a database of the private server.

    Starts the server of folder (var/postgres) or joins it; the last process to end
    stops it, and with discard deletes its data. Processes that inherit DATABASE_URL
    do nothing.
    Raises ExpectedError.
    """
    if os.environ.get("DATABASE_URL"):
        return
    server = LocalPG(folder or var_dir() / "postgres", args=args)
    _exit_on_termination()
    # First: a signal while it starts must stop it too.
    atexit.register(server.stop, discard=discard)
    server.start(name)
    os.environ["DATABASE_URL"] = server.url(name)
    _provided.append(server)


def provided_folder() -> Path | None:
    """Return the data folder of the server that provide_database() gave, if it did."""
    return _provided[-1].data if _provided else None


def _exit_on_termination():
    """Let SIGTERM and a closed terminal end Python the clean way, exit hooks too."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, _exit)


def _exit(number, frame):
    # make passes on the signal that its whole group got: once is enough.
    for again in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)
    sys.exit(128 + number)


@contextlib.contextmanager
def _uninterrupted():
    """Ignore signals: a second Ctrl-C must not leave the server half stopped."""
    is_main = threading.current_thread() is threading.main_thread()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if is_main else ()
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def server_account():
    """Return the account that the server runs as, None for our own."""
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ExpectedError(
        "PostgreSQL no trabaja como root y no existe la cuenta «postgres» ni «nobody»: "
        "use una cuenta común o indique DATABASE_URL."
    )


class LocalPG:
    """A server that every process using its folder shares.

    Each user holds a shared lock; who gets it alone on leaving was the last and
    stops the server. The kernel drops locks however a process ends, so no list of
    process numbers can go stale.
    It listens on a Unix socket in a private folder only, which makes it safe to
    trust whoever comes. folder keeps the locks and, unless an account other than
    ours runs the server, the data too.
    """

    def __init__(self, folder, *, args=(), account=None):
        self.folder = Path(folder).resolve()
        self.bin, self.major = find_programs()
        self.args = args
        self.account = account or server_account()
        self._users_lock = None

    def url(self, name="postgres") -> str:
        """Return the address of a database, as DATABASE_URL wants it."""
        return f"postgresql://postgres@/{name}?host={quote(str(self.sockets))}"

    def start(self, name):
        """Start the server, or join it if it runs, and create the database name.

        Raises ExpectedError.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / "start.lock"):
                self._settle()
                users = os.open(self._users_path, os.O_CREAT | os.O_RDWR, 0o600)
                self._users_lock = users
                fcntl.flock(users, fcntl.LOCK_SH)
                if not (self.data / "PG_VERSION").exists():
                    self._create()
                if not self._is_running():
                    self._launch()
                self._create_database(name)
        except OSError as error:
            raise self._failure(f"{error.strerror}: {error.filename}") from error

    def stop(self, *, discard=False) -> bool:
        """Leave the server; return whether we were its last user and stopped it.

        discard deletes the data then.
        """
        if self._users_lock is None:
            return False
        # Somebody may have deleted the folder; the server notices and ends by itself.
        with (
            contextlib.suppress(FileNotFoundError),
            _uninterrupted(),
            locked(self.folder / "start.lock"),
        ):
            os.close(self._users_lock)
            self._users_lock = None
            return self._stop_if_last(discard)
        return False

    def _stop_if_last(self, discard):
        users = os.open(self._users_path, os.O_RDWR)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # 18 was seen to never end a fast stop that met its crash recovery.
            for mode in ("fast", "immediate"):
                if self._pid_file.exists():
                    limit = ("-t", STOP_TIMEOUT_S)
                    self._run("pg_ctl", "stop", "-D", self.data, "-m", mode, *limit)
            shutil.rmtree(self.sockets, ignore_errors=True)
            if discard:
                self._discard()
        except BlockingIOError:
            return False
        finally:
            os.close(users)
        return True

    def _discard(self):
        shutil.rmtree(self.data)
        if self.account and not any(self.base.glob("data*")):
            shutil.rmtree(self.base)

    @property
    def _users_path(self):
        return self.folder / f"users{self.major}.lock"

    @property
    def _log_path(self):
        return self.base / f"server{self.major}.log"

    @property
    def _pid_file(self):
        return self.data / "postmaster.pid"

    def _settle(self):
        """Decide where data, sockets and programs are, and make their folders."""
        self.base = self.folder if self.account is None else self._account_folder()
        # Named by version: another PostgreSQL must never open it.
        self.data = self.base / f"data{self.major}"
        key = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        self.sockets = SOCKET_FOLDER / f"localpg-{os.geteuid()}-{key}"
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        found = self.sockets.lstat()
        owners = {os.geteuid(), self.account.pw_uid if self.account else os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
            raise ExpectedError(f"«{self.sockets}» pertenece a otra cuenta: bórrela.")
        self._give(self.sockets)
        if not self._is_reachable():
            self.bin = self._copied_programs()

    def _account_folder(self):
        """Return the data's folder outside the project, tied to it by two notes.

        A moved project keeps its data; a copied or newly cloned one starts its own.
        """
        pointer = self.folder / "data_folder.txt"
        if pointer.exists():
            base = Path(pointer.read_text())
            note = base / "project_folder.txt"
            if note.exists():
                project = note.read_text()
                if project == str(self.folder) or not Path(project).exists():
                    note.write_text(str(self.folder))
                    return base
        parent = next(path for path in ACCOUNT_FOLDERS if os.access(path, os.W_OK))
        base = Path(tempfile.mkdtemp(prefix="localpg-", dir=parent))
        # Ours, so that the account cannot plant links; it may only pass through.
        base.chmod(0o711)
        (base / "project_folder.txt").write_text(str(self.folder))
        pointer.write_text(str(base))
        return base

    def _give(self, path):
        path.chmod(0o700)
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _is_reachable(self):
        """Return whether the account may run the programs where they are."""
        program = self.bin / "postgres"
        return self.account is None or all(
            path.stat().st_mode & stat.S_IXOTH for path in (program, *program.parents)
        )

    def _copied_programs(self):
        """Return the programs' folder in a copy that the account can reach.

        The wheel's libraries must stay beside its package: RUNPATH is relative.
        """
        package = self.bin.parent.parent
        made_at = int((self.bin / "postgres").stat().st_mtime)
        copy = self.base / f"programs{self.major}-{made_at}"
        if not copy.exists():
            new = self.base / "new-programs"
            shutil.rmtree(new, ignore_errors=True)
            shutil.copytree(self.bin.parent, new / package.name / self.bin.parent.name)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, new / libraries.name)
            for path in (new, *new.rglob("*")):
                path.chmod(0o755)
            new.rename(copy)
        return copy / package.name / self.bin.parent.name / self.bin.name

    def _options(self):
        """Return what every program of the server's gets: its account and no more."""
        options = {"cwd": "/", "stdin": subprocess.DEVNULL, "start_new_session": True}
        # English messages, to be searched; nothing of the caller's, as PGDATA.
        locale = "C" if sys.platform == "darwin" else "C.UTF-8"
        options["env"] = {"PATH": "/usr/bin:/bin", "LC_ALL": locale, "TZ": "UTC"}
        if self.account:
            options |= {"user": self.account.pw_uid, "group": self.account.pw_gid}
            # None leaves them: only root may and must drop its groups.
            options["extra_groups"] = [] if os.geteuid() == 0 else None
        return options

    def _run(self, program, *args):
        return run([self.bin / program, *args], **self._options())

    def _is_ready(self):
        server = ("-h", self.sockets, "-U", "postgres")
        limit = ("-t", READY_TIMEOUT_S)
        return self._run("pg_isready", "-q", *server, *limit).returncode == 0

    def _create(self):
        """Make the data folder; it has its final name only once it is complete."""
        if self.data.exists():
            raise self._failure("PG_VERSION is missing")
        new = self.base / "new-data"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        self._give(new)
        login = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        locale = BUILTIN_LOCALE if self.major >= BUILTIN_LOCALE_SINCE else ()
        done = self._run("initdb", "-D", new, *login, *locale)
        if done.returncode:
            failure = self._failure(done.stderr)
            shutil.rmtree(new, ignore_errors=True)
            raise failure
        new.rename(self.data)

    def _is_running(self):
        """Return whether a server answers, once none is coming up or going down.

        A killed server leaves files that name a process; where nothing reaps
        orphans, that one stays as a zombie and PostgreSQL would refuse to start. The
        files go only if no server works in the data folder.
        """
        end = time.monotonic() + START_TIMEOUT_S
        while not self._is_ready():
            servers = self._server_processes()
            if servers is None:
                return False
            if not servers:
                self._pid_file.unlink(missing_ok=True)
                for path in self.sockets.glob(".s.PGSQL.*"):
                    path.unlink()
                return False
            self._check_time(end)
        return True

    def _server_processes(self):
        """Return the live servers in the data folder, None if the system can't tell."""
        if not PROC.exists():
            return None
        links = []
        for process in PROC.glob("[0-9]*"):
            with contextlib.suppress(OSError):
                name, _, rest = (process / "stat").read_text().rpartition(")")
                if name.endswith("(postgres") and rest.split()[0] != "Z":
                    links.append(process / "cwd")
        # Read as the account: in a container root may not see others' folders.
        found = run(["readlink", *links], **self._options()).stdout if links else ""
        return [line for line in found.splitlines() if line == str(self.data)]

    def _launch(self):
        command = [self.bin / "postgres", "-D", self.data, "-k", self.sockets]
        command += ["-c", "listen_addresses=", *self.args]
        with self._log_path.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own argument list, no shell
                [str(part) for part in command],
                stdout=log,
                stderr=log,
                **self._options(),
            )
        try:
            self._wait_for(process)
        except BaseException:
            # SIGINT is its fast stop; it may not have a pid file for pg_ctl yet.
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_TIMEOUT_S)
            process.kill()
            process.wait()
            raise
        # It may outlive us: without this, Python warns of a child left running.
        process.returncode = 0

    def _wait_for(self, process):
        end = time.monotonic() + START_TIMEOUT_S
        while not self._is_ready():
            if process.poll() is not None:
                raise self._failure(self._log_path.read_text(errors="replace"))
            self._check_time(end)

    def _check_time(self, end):
        if time.monotonic() > end:
            raise ExpectedError(
                f"PostgreSQL no respondió en {START_TIMEOUT_S} segundos; "
                f"el detalle está en «{self._log_path}»."
            )
        time.sleep(0.02)

    def _create_database(self, name):
        # Here, not above: the launcher itself runs without any package.
        import psycopg  # noqa: PLC0415
        from psycopg import sql  # noqa: PLC0415

        known = "SELECT FROM pg_database WHERE datname = %s"
        try:
            with psycopg.connect(self.url(), autocommit=True) as connection:
                if connection.execute(known, [name]).fetchone() is None:
                    create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
                    connection.execute(create)
            psycopg.connect(self.url(name)).close()
        except psycopg.Error as error:
            raise self._failure(error) from error

    def _failure(self, output):
        return ExpectedError(explain(output, getattr(self, "data", self.folder)))
