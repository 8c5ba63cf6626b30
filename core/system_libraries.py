"""`python -m core.system_libraries`: is what pip cannot install on this machine?

WeasyPrint needs Pango and friends and a font; the browser journeys need Chromium. As root on Debian or
Ubuntu what is missing gets installed; everybody else reads the exact line to run.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIBRARIES = {  # what WeasyPrint opens -> the Debian package that has it
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
# the documents are laid out for either of these faces; wider ones would need a third page
FONT_FILES = ("NotoSans-Regular.ttf", "LiberationSans-Regular.ttf")
FONT_PACKAGE = "fonts-liberation"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing_libraries() -> list[str]:
    """Debian packages whose library cannot be opened, and fonts when neither face of ours is there."""
    packages = [package for library, package in LIBRARIES.items() if not _opens(library)]
    return packages if _has_a_font() else [*packages, FONT_PACKAGE]


def browser() -> str | None:
    """Path of the installed Chromium."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_a_font() -> bool:
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(path.name in FONT_FILES for folder in folders if folder.is_dir() for path in folder.rglob("*"))


def _install(packages: list[str]) -> bool:
    """apt-get, for root only. True when everything went in."""
    apt_get = shutil.which("apt-get")
    if os.geteuid() != 0 or apt_get is None:
        return False
    print(f"Installing {' '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run([apt_get, "update", "-qq"], check=False, **quiet)
    command = [apt_get, "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, check=False, **quiet).returncode == 0


def _line(packages: list[str]) -> str:
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def main(arguments: list[str]) -> int:
    missing = missing_libraries()
    if missing and not (_install(missing) and not missing_libraries()):
        print(
            f"The PDF needs system libraries that are missing here. Debian or Ubuntu:\n    {_line(missing)}\n"
            "Elsewhere: Pango 1.44 or newer, HarfBuzz with its subset library, Fontconfig and one font.",
            file=sys.stderr,
        )
        return 1
    if "--browser" in arguments and browser() is None and not (_install(["chromium"]) and browser()):
        if os.environ.get("CI") == "true":
            print(f"The browser journeys need Chromium:\n    {_line(['chromium'])}", file=sys.stderr)
            return 1
        print(
            "\n*** The browser journeys are SKIPPED: Chromium is missing. ***\n"
            f"*** {_line(['chromium'])} ***\n",
            file=sys.stderr,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
