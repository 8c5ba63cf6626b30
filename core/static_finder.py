"""Of the libraries' static files only those that a page uses: collecting all of them took seconds."""

from __future__ import annotations

import fnmatch
from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

# package -> patterns below its `static` folder; a source map goes with its file or collecting fails
USED = {
    "js_lib_bootstrap5": (
        "js-lib-bootstrap5/css/bootstrap.min.css",
        "js-lib-bootstrap5/css/bootstrap.min.css.map",
        "js-lib-bootstrap5/js/bootstrap.bundle.min.js",
        "js-lib-bootstrap5/js/bootstrap.bundle.min.js.map",
    ),
    "django_htmx": ("django_htmx/htmx-2.min.js",),
    "django.contrib.admin": ("admin/*",),
}


class UsedLibraryFilesFinder(BaseFinder):
    """Serves and collects the files of USED."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storages = {
            package: FileSystemStorage(location=Path(find_spec(package).origin).parent / "static")
            for package in USED
        }

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = [
            storage.path(path)
            for package, storage in self.storages.items()
            if any(fnmatch.fnmatchcase(path, pattern) for pattern in USED[package]) and storage.exists(path)
        ]
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns):
        for package, storage in self.storages.items():
            for name in _files_below(Path(storage.location)):
                used = any(fnmatch.fnmatchcase(name, pattern) for pattern in USED[package])
                if used and not matches_patterns(name, ignore_patterns or []):
                    yield name, storage


def _files_below(folder: Path):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
