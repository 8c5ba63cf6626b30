"""Reading employers, contacts and work trials: the vocabulary of the pages."""

from employers.querysets.desk import (
    CandidateBriefQuerySet,
    ConcernQuerySet,
    DeskTaskQuerySet,
    EmployerFeedbackQuerySet,
    VisitQuerySet,
    people_of_own_months,
)
from employers.querysets.lead import JobLeadQuerySet, LeadMatchQuerySet
from employers.querysets.placement import AgreementFileQuerySet, AgreementQuerySet, PlacementQuerySet
from employers.querysets.register import (
    REGISTER_READERS,
    ContactEventQuerySet,
    ContactPersonQuerySet,
    EmployerImportQuerySet,
    EmployerQuerySet,
)
from employers.querysets.signing import SignatureQuerySet

__all__ = [
    "REGISTER_READERS",
    "AgreementFileQuerySet",
    "AgreementQuerySet",
    "CandidateBriefQuerySet",
    "ConcernQuerySet",
    "ContactEventQuerySet",
    "ContactPersonQuerySet",
    "DeskTaskQuerySet",
    "EmployerFeedbackQuerySet",
    "EmployerImportQuerySet",
    "EmployerQuerySet",
    "JobLeadQuerySet",
    "LeadMatchQuerySet",
    "PlacementQuerySet",
    "SignatureQuerySet",
    "VisitQuerySet",
    "people_of_own_months",
]
