"""Forms of employers: labels and checks of single fields; the rules across rows are the services'."""

from employers.forms.contacts import ContactForm
from employers.forms.employer import ContactPersonForm, EmployerForm
from employers.forms.placement import MarksWeekForm, MoveForm, PlacementForm
from employers.forms.register import HandOverForm, RegisterFilter

__all__ = [
    "ContactForm",
    "ContactPersonForm",
    "EmployerForm",
    "HandOverForm",
    "MarksWeekForm",
    "MoveForm",
    "PlacementForm",
    "RegisterFilter",
]
