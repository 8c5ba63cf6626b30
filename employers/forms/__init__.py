"""Forms of employers: labels and checks of single fields; the rules across rows are the services'."""

from employers.forms.contacts import ContactForm
from employers.forms.employer import ContactPersonForm, EmployerForm
from employers.forms.placement import MarksWeekForm
from employers.forms.register import HandOverForm, RegisterFilter
from employers.forms.terms import ContinuationForm, EarlierTrialForm, MoveForm, PlacementForm

__all__ = [
    "ContactForm",
    "ContactPersonForm",
    "ContinuationForm",
    "EarlierTrialForm",
    "EmployerForm",
    "HandOverForm",
    "MarksWeekForm",
    "MoveForm",
    "PlacementForm",
    "RegisterFilter",
]
