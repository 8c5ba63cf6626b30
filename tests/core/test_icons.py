"""Icons named in templates stand in the sprite: a missing one would break the page only when it is shown."""

import re

from django.conf import settings

from core.templatetags.page_pieces import ICON_NAMES

NAMED = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']|icon_name=["']([\w-]+)["']""")


def test_every_icon_that_a_template_names_is_in_the_sprite():
    unknown = [
        f"{path.relative_to(settings.BASE_DIR)}: {name}"
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for names in NAMED.findall(path.read_text(encoding="utf-8"))
        for name in names
        if name and name not in ICON_NAMES
    ]
    assert not unknown
