"""The terms of a work trial: which there are, and which must stand before it is planned (issue 4).

A proposal needs the person, the workplace, the purpose, the tasks and the days. What is planned has the rest
too: a workplace that takes somebody "with a hood over its eyes" is disappointed later. The guide and the
address may come later: the guide is warned about, the address is the employer's own unless said.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

PLACEMENT_FIELDS = (
    "purpose",
    "starts_on",
    "ends_on",
    "length_reason",
    "half",
    "weekdays",
    "hours_per_day",
    "tasks",
    "address",
    "guide",
    "supervisor",
    "support_agreed",
    "instructions_by",
    "changes_by",
    "continuation_said",
    "found_by",
)
TEXT_TERMS = ("length_reason", "tasks", "support_agreed", "instructions_by", "changes_by")


def missing_terms(placement) -> dict[str, str]:
    """The required terms that do not stand yet: field name to its label in the reader's language."""
    names = [name for name in TEXT_TERMS if not getattr(placement, name).strip()]
    names += [name for name in ("supervisor", "goal") if getattr(placement, f"{name}_id") is None]
    return {name: str(type(placement)._meta.get_field(name).verbose_name) for name in names}


def missing_term_sentence(name: str) -> str:
    """What is said at the field of a required term that is empty."""
    if name == "goal":
        return _("A work trial serves a goal. Write the participant's goal first, or save a proposal.")
    return _("Write this before the work trial is planned, or save it as a proposal.")
