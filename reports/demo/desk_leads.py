"""The demo's needs and leads, on their way from a hint to a place."""

from __future__ import annotations

import datetime as dt

from core import clock
from employers.enums import LeadStage
from employers.models import ContactPerson, JobLead, LeadMatch
from employers.services.lead import close_lead, create_lead, move_lead, pass_lead
from employers.share_text import proposed_text

WAY = tuple(LeadStage.values)[:7]  # from the hint to a filled place
MATCH_STATES = ("suggested", "interested", "applied", "chosen", "not_this")

# kind, work, employer of the demo or the name that was heard, municipality, tasks, hours, who knows,
# how many days ago, stage, days until the last day, people
LEADS = (
    (
        "hidden_job",
        "Iltavuoron tiskaaja",
        "Lounaskahvila Kaneli",
        "Hämeenlinna",
        "Tiskaa ja huuhtelee astiat\nPyyhkii pöydät\nTäyttää kahvikoneen",
        "Iltaisin 16–20, kolmena iltana viikossa",
        "Ryhmän infotilaisuudessa kuultu",
        2,
        "hint",
        9,
        0,
    ),
    (
        "gig",
        "Kevätsiivous taloyhtiössä",
        "As Oy Koivurinne",
        "Forssa",
        "",
        "",
        "Naapuri",
        19,
        "hint",
        None,
        0,
    ),
    (
        "work_trial",
        "Varastoapulainen",
        0,
        "",
        "Purkaa kuorman\nTarkistaa lähetyslistat\nJärjestää hyllyt",
        "Aamuisin, 4 tuntia päivässä",
        "Esimies kertoi käynnillä",
        6,
        "contacted",
        None,
        1,
    ),
    (
        "hidden_job",
        "Taimiston avustaja",
        "Puutarha Vihreä Peukalo",
        "Janakkala",
        "Kitkee ja kastelee\nIstuttaa kesäkukat\nHoitaa taimimyymälän kassaa lauantaisin",
        "Huhtikuusta syyskuuhun",
        "Valmentajan tuttava",
        24,
        "contacted",
        30,
        1,
    ),
    (
        "work_trial",
        "Keittiön avustaja",
        1,
        "",
        "Pilkkoo kasviksia\nKattaa salin\nLajittelee astiat",
        "Klo 8–12",
        "Ravintolapäällikkö",
        8,
        "need",
        None,
        2,
    ),
    (
        "open_job",
        "Myyjä, osa-aikainen",
        10,
        "",
        "Palvelee asiakkaita\nHyllyttää tuotteita\nPitää myymälän siistinä",
        "20 tuntia viikossa",
        "Ilmoitus ovessa",
        5,
        "introduced",
        2,
        2,
    ),
    (
        "hidden_job",
        "Vaatehuollon tekijä",
        7,
        "",
        "Lajittelee pyykin\nSilittää ja viikkaa",
        "Päivävuoro",
        "Osallistujan entinen työkaveri",
        11,
        "interview",
        4,
        1,
    ),
    ("work_trial", "Toimistoapulainen", 11, "", "Arkistoi\nSkannaa", "Klo 9–13", "", 14, "agreeing", None, 1),
    (
        "work_trial",
        "Pajan apuri",
        8,
        "",
        "Hioo ja maalaa osia\nPitää pajan siistinä",
        "",
        "",
        20,
        "filled",
        None,
        1,
    ),
    (
        "open_job",
        "Kuljettaja, B-kortti",
        4,
        "",
        "Ajaa noutokierroksen\nLastaa ja purkaa",
        "Arkisin 7–15",
        "Soitto yritykseen",
        12,
        "passed_on",
        12,
        0,
    ),
    (
        "open_job",
        "Siivooja, viikonloput",
        "Matkakoti Lepola",
        "Hämeenlinna",
        "Siivoaa huoneet\nVaihtaa vuodevaatteet",
        "Lauantaisin ja sunnuntaisin",
        "Ilmoitustaulu",
        9,
        "passed_on",
        None,
        0,
    ),
    ("gig", "Muuttoapu", "Yksityinen kotitalous", "Hattula", "", "", "", 16, "closed", None, 0),
)


def build_leads(enrolments, employers, *, cast, today: dt.date) -> None:
    """Twelve leads in every stage, some with people of the running month."""
    people = list(enrolments)
    taken = 0
    for number, row in enumerate(LEADS):
        kind, title, where, city, tasks, hours, known_by, ago, stage, until, linked = row
        employer = employers[where % len(employers)] if isinstance(where, int) else None
        heard_on = today - dt.timedelta(days=ago)
        maker = cast.coach if number % 3 == 0 else cast.coordinator
        lead = create_lead(
            actor=maker,
            fields={
                "kind": kind,
                "title": title,
                "employer": employer,
                "workplace_name": "" if employer else where,
                "city": city,
                "contact_person": ContactPerson.objects.filter(employer=employer).order_by("id").first()
                if employer
                else None,
                "tasks": tasks,
                "hours": hours,
                "known_by": known_by,
                "heard_on": heard_on,
                "apply_by": today + dt.timedelta(days=until) if until is not None else None,
                "owner": None if stage == "hint" else cast.coordinator,
            },
            today=heard_on,
            now=clock.now(),
        )
        lead = _walk_to(lead, stage, cast=cast, heard_on=heard_on)
        for k in range(linked):
            if people:
                LeadMatch.objects.create(
                    lead=lead,
                    enrolment=people[taken % len(people)],
                    state="chosen" if stage == "filled" else MATCH_STATES[(number + k) % 3],
                    note="Toivoo aamuvuoroa." if k else "",
                    created_by=cast.coach,
                )
                taken += 1


def _walk_to(lead: JobLead, stage: str, *, cast, heard_on: dt.date) -> JobLead:
    """Through the stages before, a day or two in each, as it would have gone."""
    actor, day = cast.coordinator, heard_on
    before = WAY[1 : WAY.index(stage) + 1] if stage in WAY else WAY[1:2]
    for number, step in enumerate(before):
        day += dt.timedelta(days=number % 2)
        lead = move_lead(actor=actor, lead_id=lead.pk, version=lead.version, target=step, today=day)
    day += dt.timedelta(days=1)
    if stage == LeadStage.PASSED_ON:
        lead = pass_lead(
            actor=actor,
            lead_id=lead.pk,
            version=lead.version,
            authority=cast.offices[0],
            passed_on=day,
            share_text=proposed_text(lead),
            today=day,
        )
    elif stage == LeadStage.CLOSED:
        reason = "Kotitalous sai avun naapurilta."
        lead = close_lead(actor=actor, lead_id=lead.pk, version=lead.version, reason=reason, today=day)
    return lead
