"""Which files of the installed libraries the browser may ask for: only those that a page uses.

`AppDirectoriesFinder` would publish every variant a wheel carries (Bootstrap alone ships forty
files, htmx two generations); collecting and compressing them takes seconds and serves nobody.
"""

from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

# Package → paths below its static folder. A folder ends in "/" and brings everything in it.
# The source map stands beside the file that names it, or the manifest storage refuses to collect.
USED_FILES: dict[str, tuple[str, ...]] = {
    "js_lib_bootstrap5": (
        "js-lib-bootstrap5/css/bootstrap.min.css",
        "js-lib-bootstrap5/css/bootstrap.min.css.map",
    ),
    "django_htmx": ("django_htmx/htmx-2.min.js",),
    "django.contrib.admin": ("admin/",),
}


def static_folder(package: str) -> Path:
    """The `static` folder of an installed package, found without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is named in USED_FILES but is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "static"


class UsedLibraryFilesFinder(BaseFinder):
    """Finds the files of `USED_FILES` and nothing else."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storages = {
            package: FileSystemStorage(location=static_folder(package)) for package in USED_FILES
        }
        super().__init__(*args, **kwargs)

    def check(self, **kwargs) -> list[CheckMessage]:
        """A library that moved a file is told by `manage.py check`, not by a bare page."""
        return [
            Error(
                f"{package} no longer has the static file {path}.",
                hint="Look where the new version keeps it and change USED_FILES.",
                id="core.E001",
            )
            for package, paths in USED_FILES.items()
            for path in paths
            if not (static_folder(package) / path).exists()
        ]

    def find(self, path, find_all=False, **kwargs):
        """The absolute path of one static file, or of all that answer to the name."""
        matches = [
            self.storages[package].path(path)
            for package, used in USED_FILES.items()
            if any(path == name or (name.endswith("/") and path.startswith(name)) for name in used)
            and self.storages[package].exists(path)
        ]
        if find_all:
            return matches
        return matches[0] if matches else []

    def list(self, ignore_patterns):
        """Every file to collect, as (path, storage)."""
        for package, used in USED_FILES.items():
            storage = self.storages[package]
            for name in used:
                paths = _files_below(storage, name) if name.endswith("/") else [name]
                for path in paths:
                    if not matches_patterns(path, ignore_patterns):
                        yield path, storage


def _files_below(storage: FileSystemStorage, folder: str) -> list[str]:
    root = Path(storage.location)
    return sorted(path.relative_to(root).as_posix() for path in (root / folder).rglob("*") if path.is_file())
