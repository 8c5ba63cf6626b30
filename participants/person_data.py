"""What participants knows of a person: the sections of their own export, and how it is forgotten."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core import clock
from core.models import LinkToken
from participants import hetu
from participants.consent_texts import named_recipients_of
from participants.models import Participant

NAMELESS = "–"


def record_section(participant: Participant) -> tuple[str, list[dict]]:
    """The record, all that is kept of it."""
    person = participant
    facts = {
        _("first name"): person.first_name,
        _("last name"): person.last_name,
        _("date of birth"): person.birth_date,
        _("personal identity code"): hetu.masked_of(person),
        _("e-mail"): person.email,
        _("phone"): person.phone,
        _("street address"): person.street_address,
        _("postal code"): person.postal_code,
        _("city"): person.city,
        _("language"): person.get_language_display(),
        _("authority"): person.authority.name,
        _("responsible officer"): person.officer.full_name if person.officer else person.officer_name,
        _("labour-market status at the start"): person.get_labour_status_display(),
        _("education"): person.get_education_display(),
        _("out of work since"): person.unemployed_since,
        _("non-disclosure for safety reasons"): person.is_restricted,
        _("information sheet gone through"): person.information_confirmed_on,
        _("participation agreement signed"): person.agreement_signed_on,
    }
    return _("Personal details"), [facts]


def referral_section(participant: Participant) -> tuple[str, list[dict]]:
    """How the person came."""
    return _("Referrals"), [
        {
            _("referred on"): referral.referred_on,
            _("authority"): referral.authority.name,
            _("state"): referral.get_state_display(),
            _("decided on"): referral.decided_on,
            _("reason when not selected"): referral.reason,
            _("note"): referral.note,
        }
        for referral in participant.referrals.select_related("authority").newest_first()
    ]


def consent_section(participant: Participant) -> tuple[str, list[dict]]:
    """What the person allowed and took back."""
    names = {one.pk: one.name for one in named_recipients_of(participant, today=clock.today())}
    return _("Consents"), [
        {
            _("recipient"): names.get(consent.recipient_id) or consent.get_recipient_display(),
            _("what"): consent.get_item_display(),
            _("given on"): consent.granted_on,
            _("how"): consent.get_method_display(),
            _("valid until"): consent.expires_on,
            _("revoked at"): consent.revoked_at,
        }
        for consent in participant.consents.history()
    ]


def certificate_section(participant: Participant) -> tuple[str, list[dict]]:
    """Certificates and cards."""
    return _("Certificates and cards"), [
        {
            _("certificate or card"): row.name,
            _("given on"): row.issued_on,
            _("valid until"): row.expires_on,
            _("original seen on"): row.seen_on,
        }
        for row in participant.certificates.order_by("pk")
    ]


def cv_section(participant: Participant) -> tuple[str, list[dict]]:
    """When the CV was gone through."""
    return _("CV checks"), [
        {
            _("checked on"): row.checked_on,
            _("checked by"): row.checked_by.full_name,
            _("what is still to do"): row.note,
        }
        for row in participant.cv_checks.select_related("checked_by").order_by("pk")
    ]


def forget_certificates(participant: Participant) -> int:
    """No certificate is kept, and no note about the CV; how many rows."""
    dropped, _rows = participant.certificates.all().delete()
    return dropped + participant.cv_checks.exclude(note="").update(note="")


def forget_record(participant: Participant) -> int:
    """Strip the record of what names the person; the year of birth, status and education stay for figures.

    Call it inside the transaction of the retention run. Returns how many rows lost something.
    """
    born = participant.birth_date
    changed = Participant.objects.filter(pk=participant.pk).update(
        first_name=NAMELESS,
        last_name=NAMELESS,
        birth_date=born.replace(month=1, day=1) if born else None,
        email="",
        phone="",
        street_address="",
        postal_code="",
        city="",
        officer=None,
        officer_name="",
        hetu_encrypted="",
        hetu_hash="",
        is_restricted=False,
        updated_at=clock.now(),
    )
    return changed + participant.referrals.exclude(note="", reason="").update(note="", reason=NAMELESS)


def link_section(participant: Participant) -> tuple[str, list[dict]]:
    """The links to the own pages and when they were opened, and what is still a draft there."""
    links = [
        {
            _("made at"): link.created_at,
            _("how it was given"): link.get_channel_display(),
            _("first opened at"): link.opened_at,
            _("last opened at"): link.last_opened_at,
        }
        for link in participant.personal_links.order_by("created_at")
    ]
    drafts = [
        {_("saved at"): draft.saved_at, _("content"): draft.content}
        for draft in participant.own_drafts.order_by("key")
    ]
    return _("Own pages"), links + drafts


def forget_links(participant: Participant) -> int:
    """No link works any more, and no draft is kept."""
    tokens = LinkToken.objects.filter(personal_link__participant=participant, revoked_at__isnull=True)
    dropped, _rows = participant.own_drafts.all().delete()
    return tokens.update(revoked_at=clock.now()) + dropped
