"""The participant's record, how they came, and what they allowed: one file per noun."""

from participants.models.certificate import Certificate, CvCheck
from participants.models.consent import Consent
from participants.models.own_draft import OwnDraft
from participants.models.participant import Participant
from participants.models.personal_link import PersonalLink
from participants.models.referral import Referral, ReferralImport

__all__ = [
    "Certificate",
    "Consent",
    "CvCheck",
    "OwnDraft",
    "Participant",
    "PersonalLink",
    "Referral",
    "ReferralImport",
]
