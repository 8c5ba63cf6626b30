"""Template tags and filters of every page (a builtin library: no `{% load %}` needed)."""

import datetime as dt
from functools import lru_cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()

# The symbols of static/img/icons.svg; a test holds the two together.
ICON_NAMES = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "building",
        "calendar",
        "chart",
        "check",
        "chevron-down",
        "clock",
        "copy",
        "cross",
        "document",
        "download",
        "flag",
        "globe",
        "handshake",
        "home",
        "info",
        "list",
        "lock",
        "logo",
        "mail",
        "menu",
        "pencil",
        "people",
        "person",
        "phone",
        "plus",
        "print",
        "search",
        "settings",
        "star",
        "trash",
        "upload",
        "warning",
    }
)
TONE_ICONS = {
    "success": "check",
    "info": "info",
    "warning": "warning",
    "danger": "warning",
    "neutral": "info",
    "accent": "star",
}
NOTHING = "–"


def _local(value):
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def date_fi(value) -> str:
    """A date or moment as 12.3.2026 in local time; "" for nothing."""
    return formats.date_format(_local(value), "j.n.Y") if value else ""


@register.filter
def time_fi(value) -> str:
    """A time or moment as 9.00 in local time; "" for nothing (midnight is something)."""
    return "" if value in (None, "") else formats.time_format(_local(value), "G.i")


@register.filter
def datetime_fi(value) -> str:
    """A moment as "12.3.2026 9.00" in local time; "" for nothing."""
    return formats.date_format(_local(value), "j.n.Y G.i") if value else ""


@register.filter
def weekday_short(value) -> str:
    """The weekday of a date in short: "ma", "mån", "Mon"; "" for nothing."""
    return formats.date_format(_local(value), "D") if value else ""


@register.filter
def weekday_long(value) -> str:
    """The weekday of a date: "maanantai"; "" for nothing."""
    return formats.date_format(_local(value), "l") if value else ""


@register.filter
def or_dash(value):
    """The value, or an en dash when there is none; 0 is a value."""
    return NOTHING if value is None or value == "" else value


@register.filter
def percent_of(part, whole) -> int:
    """`part` of `whole` in full percent, 0–100; 0 when the whole is nothing."""
    if not whole:
        return 0
    return max(0, min(100, round(100 * (part or 0) / whole)))


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone (success, info, warning, danger, neutral, accent)."""
    return TONE_ICONS.get(tone, "info")


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon of our own sprite: `{% icon "calendar" %}`.

    Beside text it is decoration and hidden from screen readers; alone it needs a `label`.
    size: "", "small" or "large". Raises LookupError for a name the sprite does not have.
    """
    if name not in ICON_NAMES:
        raise LookupError(f"no icon named {name!r} in static/img/icons.svg")
    return _icon(name, str(label), size, static("img/icons.svg"))


@lru_cache(maxsize=512)
def _icon(name: str, label: str, size: str, sprite: str) -> SafeString:
    """A page has thirty icons, and there are few different ones."""
    css = f"icon icon-{size}" if size else "icon"
    href = f"{sprite}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            css,
            label,
            href,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        css,
        href,
    )


@register.simple_tag
def dl_item(label, value, css: str = "") -> SafeString:
    """One row of a description list: `{% dl_item _("phone") participant.phone %}`.

    An empty value shows a dash with "not given" for screen readers.
    """
    if value is None or value == "":
        value = format_html(
            '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
            NOTHING,
            gettext("not given"),
        )
    return format_html(
        '<div class="{}"><dt>{}</dt><dd>{}</dd></div>',
        f"dl-item {css}" if css else "dl-item",
        label,
        value,
    )


@register.simple_tag(takes_context=True)
def querystring_with(context, **changes) -> str:
    """The present query string with some keys changed: `href="{% querystring_with page=3 %}"`.

    A None or "" removes the key. Always begins with "?", so that it is a valid link by itself.
    """
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag
def static_or_plain(path: str) -> str:
    """`{% static %}` for the 500 page: without the manifest the plain name, never an exception."""
    try:
        return static(path)
    except Exception:
        return f"{staticfiles_storage.base_url or '/static/'}{path}"


@register.filter
def page_numbers(page) -> list[int]:
    """The numbers to show for a page of a list; 0 stands for a gap: 1 0 4 5 6 0 12."""
    last = page.paginator.num_pages
    shown = sorted({1, last} | {n for n in range(page.number - 1, page.number + 2) if 1 <= n <= last})
    numbers: list[int] = []
    for number in shown:
        if numbers and number - numbers[-1] == 2:
            numbers.append(number - 1)
        elif numbers and number - numbers[-1] > 2:
            numbers.append(0)
        numbers.append(number)
    return numbers


@register.filter
def has_required(form) -> bool:
    """Whether a visible field of the form must be filled in."""
    return any(field.field.required for field in form.visible_fields())


@register.filter
def first_input_id(field) -> str:
    """The id that a link to a bound field leads to: its input, or the first choice of a group."""
    is_choices = isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple))
    if is_choices and field.use_fieldset:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def with_headers(row, headers) -> list[tuple]:
    """The cells of a row with their column's header: [(header, cell), …]."""
    return list(zip(headers, row, strict=True))
