"""Saving generated files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage


def save_whole(storage: Storage, name: str, content: bytes | BinaryIO) -> str:
    """Save `content` (bytes, or an open binary file that is read from its beginning) under exactly `name`,
    replacing what is there, and return the name.

    On a file system the bytes go to `<name>.part` first and are moved in one step; what a killed worker
    leaves behind is a `.part` that the next attempt overwrites. Object stores save whole by nature.
    """
    if not isinstance(content, bytes):
        content.seek(0)
    if isinstance(storage, FileSystemStorage):
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        with part.open("wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        return name
    if storage.exists(name):
        storage.delete(name)
    return storage.save(name, ContentFile(content) if isinstance(content, bytes) else File(content))
