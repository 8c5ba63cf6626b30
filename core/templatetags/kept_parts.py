"""`{% kept %}`: a part of a page that is the same for everybody (builtin library: no `{% load %}` needed)."""

from django import template
from django.conf import settings
from django.template.base import token_kwargs
from django.template.defaulttags import CsrfTokenNode
from django.template.loader_tags import BlockNode
from django.utils.translation import get_language

from core import kept, navigation

register = template.Library()


class KeptNode(template.Node):
    """Renders its content once for each set of keys (core.kept)."""

    def __init__(self, nodelist, keys: dict) -> None:
        self.nodelist = nodelist
        self.keys = keys

    def render(self, context):
        keys = {name: kept.as_key(name, given.resolve(context)) for name, given in self.keys.items()}
        return kept.piece(self, keys, context, self.nodelist.render)


@register.tag("kept")
def do_kept(parser, token) -> KeptNode:
    """Render a part once per process, language and keys: `{% kept role=frame.role %}…{% endkept %}`.

    Inside, only the named keys exist, and a page may not fill a block of it. Raises TemplateSyntaxError for
    a block or a form's token inside; core.kept tells what a key may be.
    """
    words = token.split_contents()[1:]
    keys = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError("{% kept %} takes name=value pairs only")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    for kind in (BlockNode, CsrfTokenNode, KeptNode):
        if nodelist.get_nodes_by_type(kind):
            raise template.TemplateSyntaxError(f"{{% kept %}} must not hold a {kind.__name__}")
    return KeptNode(nodelist, keys)


@register.simple_tag
def navigation_of(role) -> list[navigation.Item]:
    """The sections that a role sees: `{% navigation_of role as items %}`."""
    return navigation.items_for(role or None)


@register.simple_tag(takes_context=True)
def current_section(context) -> dict:
    """Where we are: `name` of the section, and whether this `is_this_page`, its own, or one below it.

    A view may name the section itself by a context variable `section`.
    """
    frame = context.get("frame")
    if frame is None:
        return {"name": "", "is_this_page": False}
    name = context.get("section") or frame.section
    urls = [item.url for item in frame.items if item.section == name]
    return {"name": name, "is_this_page": context["request"].path in urls}


@register.simple_tag
def interface_languages() -> list[dict]:
    """The interface languages by their own names, with the active one marked."""
    active = get_language() or settings.LANGUAGE_CODE
    own_names = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
    return [
        {"code": code, "name": own_names.get(code, code), "is_active": code == active}
        for code, _name in settings.LANGUAGES
    ]
