"""The parts of a page that are the same for everybody, rendered once per process (`{% kept %}`).

Such a part sees nothing of the request: only the keys that its tag names, and those are short lower-case
words such as a role, never a text about a person. Asking it for the request or its user is an error, and
not an empty string, because it would be the first reader's for everybody.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.signals import setting_changed
from django.template import Context, TemplateSyntaxError
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation.trans_real import translation

PERSONAL = frozenset({"csrf_token", "frame", "messages", "perms", "request", "user"})
MOST = 1000  # languages × roles × sections of the pieces that there are come to about a hundred
A_KEY = re.compile(r"[a-z0-9._-]{0,40}")

_pieces: dict[tuple, SafeString] = {}


class NotTheSameForEverybody(Exception):
    """A kept part wanted to know who is asking."""


class _KeysAlone(Context):
    """A context that holds what the tag names and refuses what belongs to the request."""

    def __getitem__(self, key):
        _refuse_personal(key)
        return super().__getitem__(key)

    def get(self, key, otherwise=None):
        _refuse_personal(key)
        return super().get(key, otherwise)


def _refuse_personal(key: str) -> None:
    if key in PERSONAL:
        raise NotTheSameForEverybody(f"{key} is not the same for everybody: render it outside {{% kept %}}")


def as_key(name: str, value) -> str | bool:
    """The value by which a part may be kept. Raises TemplateSyntaxError for anything but a short lower-case
    word or a yes or no; None is no word."""
    if value is None or isinstance(value, bool):
        return value or False
    if isinstance(value, str) and A_KEY.fullmatch(str(value)):
        return str(value)
    raise TemplateSyntaxError(f"{{% kept %}} keeps by short lower-case words; {name!r} is something else")


def piece(owner, keys: dict, context: Context, render: Callable[[Context], SafeString]) -> SafeString:
    """What `render` makes of these keys alone, from the last time when there was one.

    owner: the part of the template, by identity. The language, its catalogue and the addresses are keys of
    every part. Under DEBUG templates and catalogues change, so nothing is kept.
    """
    language = get_language()
    if settings.DEBUG or language is None:
        return _alone(keys, context, render)
    place = (owner, translation(language), get_urlconf(), get_script_prefix(), context.autoescape)
    key = (place, tuple(keys.values()))
    found = _pieces.get(key)
    if found is None:
        found = _alone(keys, context, render)
        if len(_pieces) < MOST:
            _pieces[key] = found
    return found


def _alone(keys: dict, context: Context, render: Callable[[Context], SafeString]) -> SafeString:
    alone = _KeysAlone(keys, autoescape=context.autoescape)
    with alone.bind_template(context.template):
        return render(alone)


def empty(**_signal) -> None:
    """Forget everything: the navigation, the collected files or a setting changed."""
    _pieces.clear()


setting_changed.connect(empty, dispatch_uid="core.kept")
