"""Workplaces, the people there, what was talked, and the work trials: one file per noun."""

from employers.models.employer import ContactEvent, ContactPerson, Employer
from employers.models.placement import AgreementFile, Placement

__all__ = ["AgreementFile", "ContactEvent", "ContactPerson", "Employer", "Placement"]
