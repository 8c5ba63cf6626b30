"""The participant's record, how they came, and what they allowed: one file per noun."""

from participants.models.consent import Consent
from participants.models.participant import Participant
from participants.models.referral import Referral, ReferralImport

__all__ = ["Consent", "Participant", "Referral", "ReferralImport"]
