"""Forms of employers: labels and checks of single fields; the rules across rows are the services'."""

from employers.forms.employer import ContactForm, ContactPersonForm, EmployerForm, RegisterFilter
from employers.forms.placement import MarksWeekForm, MoveForm, PlacementForm

__all__ = [
    "ContactForm",
    "ContactPersonForm",
    "EmployerForm",
    "MarksWeekForm",
    "MoveForm",
    "PlacementForm",
    "RegisterFilter",
]
