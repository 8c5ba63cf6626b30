"""What the demo's people can and want: own words, skills, workplaces, interviews, barriers, and the board."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coaching.enums import Moment, Viewpoint, WorkLifeSkill
from coaching.models import (
    Barrier,
    CoachingMonth,
    CompetenceProfile,
    Enrolment,
    JobSearchAction,
    Session,
    SharedTip,
    SkillAssessment,
    StepForward,
    TargetWorkplace,
)
from participants.models import Certificate, Consent, CvCheck

PROFILES = (
    {
        "strengths": "Olen täsmällinen ja rauhallinen. Muut kiittävät, että minuun voi luottaa.",
        "personality": "Huumorintajuinen, hyvä kuuntelija, vähän ujo alussa.",
        "temperament": "Teen mieluummin yhden asian kerrallaan ja hyvin.",
        "suitable_tasks": "Varastotyöt, keräily ja hyllytys. Pienessä porukassa viihdyn parhaiten.",
        "from_education": "Logistiikan perustutkinto, trukin käyttö ja lavaaminen.",
        "from_work": "Kahdeksan vuotta varastossa: saapuvan tavaran tarkastus, inventointi ja "
        "kesätyöntekijöiden opastus.",
        "from_hobbies": "Kyläyhdistyksen rahastonhoito: budjetit, kuitit ja tapahtumien järjestely.",
    },
    {
        "strengths": "Tulen toimeen kaikenlaisten ihmisten kanssa ja jaksan selittää saman asian kolmesti.",
        "personality": "Puhelias, utelias ja sitkeä.",
        "temperament": "Ihmisten keskellä, monta asiaa yhtä aikaa.",
        "suitable_tasks": "Asiakaspalvelu, kassatyö, vanhusten kanssa oleminen.",
        "from_work": "Kahvilassa hoidin kassan, tilaukset ja omavalvonnan.",
        "from_hobbies": "Kolme lasta ja koiraharrastus: aikataulut pitävät.",
    },
    {
        "strengths": "Näen heti, mikä koneessa on vialla, enkä jätä kesken.",
        "temperament": "Omassa rauhassa, käsillä tehden.",
        "suitable_tasks": "Huolto, kiinteistönhoito, pienkoneiden korjaus.",
        "from_work": "Maatilan koneet, hitsaus ja sähkölaitteiden perushuolto.",
    },
)
WORKPLACES = (
    ("Rautakauppa Saha", "green", "Tuttu ala ja lähellä kotia.", "Soittaa myymäläpäällikölle."),
    ("Kaupungin kirjasto", "yellow", "Rauhallinen työ kiinnostaa.", "Kysyy, ottavatko he työkokeilijoita."),
    ("Palvelutalo Kanerva", "green", "Haluan olla ihmisten kanssa.", "Käy tutustumassa."),
    ("Pakkaamo Lehto", "orange", "Vuorotyö mietityttää.", ""),
    ("Kiinteistöhuolto Rinne", "yellow", "Työ on vaihtelevaa.", "Vie hakemuksen paikan päälle."),
)
BARRIERS = (
    ("Bussi ei kulje niin aikaisin, että ehtisin aamuvuoroon.", "not_yet", ""),
    ("En jaksa seistä koko päivää.", "health_check", "Työttömien terveystarkastus varattu."),
    ("Laskut ja ulosotto vievät voimat.", "debt_advice", "Talous- ja velkaneuvonnan aika sovittu."),
    ("Hakemuksen kirjoittaminen suomeksi on vaikeaa.", "language", "Keskustelukerho kirjastossa."),
)
TIPS = (
    ("tip", "Soita aamulla yhdeksän ja kymmenen välillä, silloin esihenkilö vastaa."),
    ("praise", "Upeaa, että soitit, vaikka jännitti."),
    ("tip", "Kirjoita ensimmäinen lause valmiiksi ennen kuin soitat."),
)
STEPS_THIS_WEEK = (
    "Soitti kolmeen työpaikkaan ja sai yhden tapaamisen",
    "Kertoi ryhmälle omista vahvuuksistaan",
    "Teki CV:n valmiiksi ja lähetti sen itse",
    "Uskalsi kysyä neuvoa työkokeilussa",
    "Tuli paikalle ajoissa joka päivä",
)
LEVELS = ("needs_support", "developing", "good", "good", "strength")


def build_profiles(month: CoachingMonth, enrolments: list[Enrolment], *, today: dt.date) -> None:
    """Everything of `pages/profile.py` and the board for one group that has begun."""
    if month.starts_on > today:
        return
    by = month.coach
    CompetenceProfile.objects.bulk_create(
        CompetenceProfile(enrolment=row, recorded_by=by, **PROFILES[n % len(PROFILES)])
        for n, row in enumerate(enrolments)
        if n % 4 != 3
    )
    _skills(month, enrolments, today)
    TargetWorkplace.objects.bulk_create(
        TargetWorkplace(
            enrolment=row,
            recorded_by=by,
            **dict(zip(("name", "colour", "why", "next_step"), wish, strict=True)),
        )
        for n, row in enumerate(enrolments)
        for wish in (WORKPLACES[n % 5], WORKPLACES[(n + 2) % 5])
    )
    Barrier.objects.bulk_create(
        Barrier(
            enrolment=row,
            text=text,
            help_kind=kind,
            help_detail=detail,
            helped_on=None if kind == "not_yet" else min(today, month.starts_on + dt.timedelta(days=7)),
            recorded_by=by,
        )
        for n, row in enumerate(enrolments)
        if n % 2 == 0
        for text, kind, detail in (BARRIERS[n // 2 % len(BARRIERS)],)
    )
    _papers(month, enrolments, today)
    if month.starts_on <= today <= month.ends_on:
        _board(month, enrolments, today)


def _skills(month, enrolments, today) -> None:
    moments = [(Moment.START, 0)]
    if month.starts_on + dt.timedelta(days=11) <= today:
        moments.append((Moment.MID, 1))
    if month.ends_on < today:
        moments.append((Moment.END, 2))
    SkillAssessment.objects.bulk_create(
        SkillAssessment(
            enrolment=row,
            skill=skill,
            moment=moment,
            viewpoint=viewpoint,
            level=LEVELS[min((n + s + v) % 3 + later, 4)],
            recorded_by=month.coach if viewpoint == Viewpoint.COACH else None,
        )
        for n, row in enumerate(enrolments)
        for moment, later in moments
        for s, skill in enumerate(WorkLifeSkill.values)
        for v, viewpoint in enumerate(Viewpoint.values)
        if (n + s) % 5 or later
    )


def _papers(month, enrolments, today) -> None:
    """Certificates, one of which ends soon, and CVs that were gone through."""
    seen = min(today, month.starts_on + dt.timedelta(days=2))
    Certificate.objects.bulk_create(
        Certificate(
            participant=row.participant,
            name=("Hygieniapassi", "Työturvallisuuskortti", "Trukkikortti")[n % 3],
            expires_on=None if n % 3 == 0 else today + dt.timedelta(days=40 + 300 * (n % 2)),
            seen_on=seen if n % 2 else None,
            seen_by=month.coach if n % 2 else None,
            recorded_by=month.coach,
        )
        for n, row in enumerate(enrolments)
    )
    CvCheck.objects.bulk_create(
        CvCheck(
            participant=row.participant,
            checked_on=seen,
            checked_by=month.coach,
            note="" if n % 2 else "Lisää suosittelija.",
        )
        for n, row in enumerate(enrolments)
        if n % 3 != 2
    )


def _board(month, enrolments, today) -> None:
    """Most agree to be on the board; the week has its steps, deeds and tips from its first day on."""
    monday = today - dt.timedelta(days=today.weekday())
    moment = timezone.make_aware(dt.datetime.combine(monday, dt.time(12)))
    about = {"day": monday, "recorded_by": month.coach, "recorded_at": moment}
    agreed = [row for n, row in enumerate(enrolments) if n % 5 != 4 and not row.participant.is_restricted]
    quiet = [row.participant_id for row in enrolments if row not in agreed]
    Consent.objects.filter(participant__in=quiet, recipient="group").delete()
    StepForward.objects.bulk_create(
        StepForward(enrolment=row, text=STEPS_THIS_WEEK[n % len(STEPS_THIS_WEEK)], **about)
        for n, row in enumerate(agreed)
    )
    JobSearchAction.objects.bulk_create(
        JobSearchAction(enrolment=row, kind=kind, **about)
        for n, row in enumerate(agreed)
        for kind in ("call", "call", "application")[: 1 + n % 3]
    )
    session = Session.objects.filter(month=month, held_on__range=(monday, today)).order_by("held_on").first()
    if session is not None and agreed:
        SharedTip.objects.bulk_create(
            SharedTip(
                session=session,
                position=20 + n,
                kind=kind,
                text=text,
                given_by=agreed[n] if n < len(agreed) and n != 1 else None,
                given_to=agreed[0] if kind == "praise" else None,
                recorded_by=month.coach,
                recorded_at=moment,
            )
            for n, (kind, text) in enumerate(TIPS)
        )
