"""The period end and what the TE-office gets: one file per noun."""

from reports.models.aftercare import Aftercare, AftercareUse
from reports.models.decision import Decision, HealthNeed
from reports.models.delivery import Delivery, DeliveryItem
from reports.models.digest import OfficeDigest
from reports.models.file_job import FileJob
from reports.models.own_data import OwnDataRequest
from reports.models.period_end import PeriodEnd, PeriodEndItem
from reports.models.summary import SHORT_HASH, SummaryPdfJob, SummaryVersion

__all__ = [
    "SHORT_HASH",
    "Aftercare",
    "AftercareUse",
    "Decision",
    "Delivery",
    "DeliveryItem",
    "FileJob",
    "HealthNeed",
    "OfficeDigest",
    "OwnDataRequest",
    "PeriodEnd",
    "PeriodEndItem",
    "SummaryPdfJob",
    "SummaryVersion",
]
