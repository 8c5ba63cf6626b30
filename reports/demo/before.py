"""Before the days of a demo month: information event, selection, kick-off, the substitute's note."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coaching.models import (
    AgreedPractice,
    CoachingMonth,
    Enrolment,
    InformationEvent,
    KickOff,
    Selection,
    Substitution,
)
from participants.models import Participant

AIMS = (
    "own_field",
    "new_field",
    "own_field",
    "study",
    "open",
    "new_field",
    "own_field",
    "study",
    "open",
    "own_field",
)
WISHES = (
    "Haluan takaisin varastotöihin, mutta en tiedä, kuka ottaisi viiden vuoden tauon jälkeen.",
    "Jotain aivan uutta. Keittiö on nähty.",
    "Että joku soittaa kanssani ne ensimmäiset puhelut.",
    "Selvyys siitä, kannattaako lähihoitajan opintoja jatkaa.",
    "Säännöllinen rytmi ensin, työ sitten.",
)
REASONS = (
    "Tulee mielellään ja sopii työkokeilun aikaan.",
    "Oma tavoite on selvä, tuki puuttuu.",
    "Haluaa ryhmään eikä pelkkään työkokeiluun.",
)
PRACTICES = (
    (
        "Valmentaja soittaa asiantuntijalle samana päivänä, kun joku on ollut poissa kaksi päivää peräkkäin.",
        "Sanna Harjula",
        "works",
        "",
    ),
    (
        "Työkokeilusopimukset käydään läpi torstaisin.",
        "Kaisa Mäntylä",
        "partly",
        "Siirretään keskiviikolle, jotta perjantain aloitukset ehtivät.",
    ),
    (
        "Loppukeskustelut pidetään samassa huoneessa kolmistaan, ei puhelimessa.",
        "Olli Nurmela",
        "works",
        "",
    ),
    ("Terveystarkastukseen ohjataan vain osallistujan omasta pyynnöstä.", "", "", ""),
)
NOTE = (
    "Jatkakaa piilotyöpaikkalistaa siitä, mihin maanantaina jäätiin. Kaksi soittaa ensimmäistä kertaa: "
    "olkaa vieressä, älkää soittako puolesta. Perjantain vierailu on sovittu, bussikortit ovat kaapissa."
)


def build_before(
    month: CoachingMonth, enrolments: list[Enrolment], referred: list[Participant], *, cast, today: dt.date
) -> None:
    """Everything before the first day, as far as it has happened by `today`. `referred` are people who are
    still talked with."""
    _event(month, cast, today)
    _selections(month, enrolments, referred, cast, today)
    if month.starts_on <= today:
        _kick_off(month, today)
    if month.starts_on <= today <= month.ends_on:
        month.second_coach = cast.more_coaches[0]
        month.save(update_fields=["second_coach"])
        first = min(today + dt.timedelta(days=1), month.ends_on)
        Substitution.objects.create(
            month=month, user=cast.second_coach, starts_on=first, ends_on=month.ends_on, note=NOTE
        )


def _event(month: CoachingMonth, cast, today: dt.date) -> None:
    held_at = timezone.make_aware(dt.datetime.combine(month.starts_on - dt.timedelta(days=17), dt.time(13)))
    over = held_at.date() < today
    InformationEvent.objects.create(
        month=month,
        held_at=held_at,
        place="Hämeenlinnan pääkirjasto, luentosali",
        invited=24,
        came=17 if over else None,
        interested=13 if over else None,
        note="Kysyttiin eniten työkokeilun vaikutuksesta tukiin ja bussikorteista." if over else "",
        recorded_by=cast.coordinator,
    )


def _selections(month, enrolments, referred, cast, today: dt.date) -> None:
    talked_on = min(today, month.starts_on - dt.timedelta(days=10))
    rows = [
        Selection(
            month=month,
            participant=enrolment.participant,
            held_on=talked_on,
            interviewer=month.coach,
            aim=AIMS[n % len(AIMS)],
            wishes=WISHES[n % len(WISHES)],
            decision="selected",
            reason=REASONS[n % len(REASONS)],
            decided_on=talked_on,
            decided_by=month.coach,
        )
        for n, enrolment in enumerate(enrolments)
    ]
    for n, enrolment in enumerate(enrolments):
        enrolment.aim = AIMS[n % len(AIMS)]
    Enrolment.objects.bulk_update(enrolments, ["aim"])
    for n, person in enumerate(referred):
        at = dt.datetime.combine(today + dt.timedelta(days=n), dt.time(10))
        rows.append(
            Selection(
                month=month,
                participant=person,
                planned_at=timezone.make_aware(at) if n else None,
                held_on=None if n else today,
                interviewer=None if n else cast.coordinator,
                aim="" if n else "new_field",
                wishes="" if n else WISHES[1],
            )
        )
    Selection.objects.bulk_create(rows)


def _kick_off(month: CoachingMonth, today: dt.date) -> None:
    checked_on = month.starts_on + dt.timedelta(days=11)
    is_checked = checked_on < today
    meeting = KickOff.objects.create(
        month=month,
        held_on=month.starts_on - dt.timedelta(days=4),
        present="Sanna Harjula, Kaisa Mäntylä, Olli Nurmela",
        note="Asiantuntija käy tapaamassa ryhmää toisella viikolla.",
        checked_on=checked_on if is_checked else None,
        recorded_by=month.coach,
    )
    AgreedPractice.objects.bulk_create(
        AgreedPractice(
            kick_off=meeting,
            position=number,
            text=text,
            who=who,
            check_result=result if is_checked else "",
            check_note=changed if is_checked else "",
        )
        for number, (text, who, result, changed) in enumerate(PRACTICES, start=1)
    )
