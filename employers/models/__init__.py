"""Workplaces, the people there, what was talked, and the work trials: one file per noun."""

from employers.models.agreement import Agreement, AgreementFile, Signature, WorkplaceLink
from employers.models.brief import BriefFile, CandidateBrief
from employers.models.employer import ContactEvent, ContactPerson, Employer
from employers.models.employer_list import EmployerImport
from employers.models.feedback import EmployerFeedback, FeedbackAnswer
from employers.models.lead import JobLead, LeadMatch
from employers.models.placement import EarlierTrial, Placement
from employers.models.task import DeskTask
from employers.models.visit import Concern, Visit

__all__ = [
    "Agreement",
    "AgreementFile",
    "BriefFile",
    "CandidateBrief",
    "Concern",
    "ContactEvent",
    "ContactPerson",
    "DeskTask",
    "EarlierTrial",
    "Employer",
    "EmployerFeedback",
    "EmployerImport",
    "FeedbackAnswer",
    "JobLead",
    "LeadMatch",
    "Placement",
    "Signature",
    "Visit",
    "WorkplaceLink",
]
