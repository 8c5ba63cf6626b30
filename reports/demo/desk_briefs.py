"""The demo's candidate briefs: one that an employer reads, one that waits, one withdrawn, one not wanted."""

from __future__ import annotations

import datetime as dt

from coaching.models import CoachingMonth
from core import clock
from employers.models import ContactPerson, Employer
from employers.services import brief as services
from employers.services.brief_delivery import deliver_brief
from participants.enums import ConsentItem, ConsentMethod
from participants.services.consents import record_consents, revoke_consent

ITEMS = (ConsentItem.STRENGTHS, ConsentItem.EXPERIENCE, ConsentItem.WISHES, ConsentItem.SUPPORT)
WORDS = {
    ConsentItem.STRENGTHS: "Olen rauhallinen ja tarkka. Tulen ajoissa ja kerron, jos jokin estää.",
    ConsentItem.EXPERIENCE: "Olen ollut varastossa ja siivouksessa. Osaan purkaa kuorman.",
    ConsentItem.WISHES: "Hyllytys, keräily ja varaston järjestäminen sopisivat minulle.",
    ConsentItem.SUPPORT: "Minua auttaa, kun tehtävä näytetään kerran ja saan listan päivän töistä.",
}


def build_briefs(month: CoachingMonth, employers: list[Employer], *, cast, today: dt.date) -> None:
    """Four people of the running month, each with the employer of the work trial or one to come."""
    people = month.enrolments.filter(state="enrolled", participant__is_restricted=False).order_by("id")
    enrolments = list(people.select_related("participant")[:4])
    if len(enrolments) < 4:
        return
    delivered, waiting, withdrawn, unwanted = (
        (enrolment.participant, employers[n]) for n, enrolment in enumerate(enrolments)
    )
    now = clock.now()
    brief = _written(*delivered, cast=cast, today=today)
    services.approve_brief(
        actor=cast.coordinator,
        brief_id=brief.pk,
        seen_hash=brief.content_hash,
        method=ConsentMethod.PAPER,
        approved_on=today,
        now=now,
        today=today,
    )
    person = ContactPerson.objects.filter(employer=delivered[1], role="supervisor").first()
    deliver_brief(
        actor=cast.coordinator, brief_id=brief.pk, how="email", contact_person=person, now=now, today=today
    )
    brief = _written(*waiting, cast=cast, today=today)
    services.ask_approval(actor=cast.coordinator, brief_id=brief.pk, now=now)
    _written(*withdrawn, cast=cast, today=today)
    consents = withdrawn[0].consents.for_recipient("employer", withdrawn[1].pk)
    revoke_consent(actor=cast.coordinator, consent=consents.get(item=ConsentItem.SUPPORT))
    services.decline_brief(
        actor=cast.coordinator,
        participant_id=unwanted[0].pk,
        employer_id=unwanted[1].pk,
        declined_on=today,
        now=now,
        today=today,
    )


def _written(participant, employer: Employer, *, cast, today: dt.date):
    record_consents(
        actor=cast.coordinator,
        participant=participant,
        pairs=[("employer", item) for item in ITEMS],
        granted_on=today,
        method=ConsentMethod.PAPER,
        today=today,
        recipient_id=employer.pk,
    )
    now = clock.now()
    brief = services.make_brief(
        actor=cast.coordinator, participant_id=participant.pk, employer_id=employer.pk, now=now, today=today
    )
    return services.edit_brief(
        actor=cast.coordinator,
        brief_id=brief.pk,
        version=brief.version,
        language=employer.language,
        texts={str(item): text for item, text in WORDS.items()},
        now=now,
        today=today,
    )
