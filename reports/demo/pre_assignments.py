"""Pre-assignments of the demo: a coming month with everything from sent to late, read ones before that."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coaching.models import CoachingMonth, Enrolment, PreAssignment

ANSWERS = (
    (
        (
            "Minulla on kaksi poikaa, ja olen tehnyt siivousta, keittiötä ja varastoa. Viimeksi hoidin isää.",
            "Siitä, että pojilla on aina ollut ruokaa ja että isä sai olla kotona loppuun asti.",
            "Ajokortti neljäkymppisenä. Auttoi, kun opettaja sanoi, ettei kiirettä ole.",
            "Naapurin Irma. Hän sanoisi, että minuun voi luottaa.",
        ),
        (
            "Järjestyksen pitäminen. Näen heti, mitä puuttuu.",
            "Leivonta ja kaiken vanhan korjaaminen.",
            "Pienessä porukassa, jossa saa tehdä rauhassa. En viihdy puhelimessa.",
            "Trukkikortti olisi hieno.",
            "Hakemuksiin ei vastata. Helpottaisi, jos joku katsoisi yhdessä.",
        ),
        (
            "Töihin varastolle tai keittiöön, vaikka ensin osa-aikaisesti.",
            "Haluan taas oman rytmin ja työkaverit.",
            "Soitan yhteen paikkaan.",
            "Valmentajalta toivon, että soitetaan ensimmäinen puhelu yhdessä.",
        ),
    ),
    (
        (
            "Olen rakennusalalta, mutta selkä ei enää kestä nostoja. Kuuntelen musiikkia ja kalastan.",
            "Saunasta, jonka tein veljelle.",
            "Lopetin tupakan. Auttoi, kun kerroin siitä kaikille.",
            "Tytär. Sanoisi, että keksin aina keinon.",
        ),
        (
            "Mittaaminen, piirustusten lukeminen, neuvominen.",
            "Käsillä tekeminen.",
            "Ulkona tai hallissa. Toimistossa en.",
            "Työnjohto tai myyminen rautakaupassa.",
            "Ikä. Helpottaisi, jos pääsisi näyttämään mitä osaa.",
        ),
        (
            "Työ, jossa osaamisesta on hyötyä mutta ei tarvitse nostaa.",
            "En halua jäädä kotiin.",
            "Käyn kysymässä rautakaupasta.",
            "Ryhmältä vinkkejä, kuka tuntee kenetkin.",
        ),
    ),
)


def build_pre_assignments(month: CoachingMonth, enrolments: list[Enrolment], *, today: dt.date) -> None:
    """As it stands today: nothing for a month too far off, read answers for one that has begun."""
    templates = list(month.programme.pre_assignment_templates.order_by("position"))
    sent_on = min(month.starts_on - dt.timedelta(days=14), today - dt.timedelta(days=6))
    rows = [
        _row(month, enrolment, template, n, sent_on, today)
        for n, enrolment in enumerate(enrolments[:-1] if month.starts_on > today else enrolments)
        for template in templates
    ]
    PreAssignment.objects.bulk_create(rows)


def _row(month, enrolment, template, n: int, sent_on: dt.date, today: dt.date) -> PreAssignment:
    due_on = max(month.starts_on - dt.timedelta(days=template.due_days_before), sent_on)
    has_begun = month.starts_on <= today
    if not has_begun:  # the demo's coming month is far off: its first task is due already
        due_on = today + dt.timedelta(days=5 * template.position - 6)
    row = PreAssignment(
        enrolment=enrolment,
        template=template,
        position=template.position,
        holds_goal=template.holds_goal,
        texts=template.texts,
        due_on=due_on,
        sent_at=_at(sent_on, 10),
        sent_by=month.coach,
    )
    answers = list(ANSWERS[n % len(ANSWERS)][(template.position - 1) % 3])
    back_on = min(due_on, sent_on + dt.timedelta(days=2 + n % 3), today)
    is_back = has_begun or n in (0, 1) or (n == 2 and template.position == 1)
    if is_back:
        row.opened_at, row.returned_at = _at(sent_on, 18), _at(back_on, 19 if back_on < today else 7)
        row.answers, row.answers_saved_at = answers, row.returned_at
        row.returned_on_paper = has_begun and n % 5 == 4
    elif n == 3:
        row.opened_at, row.answers_saved_at = _at(sent_on, 20), _at(sent_on, 20)
        row.answers = [answers[0], *[""] * (len(answers) - 1)]
    if is_back and (has_begun or n == 0):
        seen_on = min(back_on + dt.timedelta(days=1), today)
        row.seen_at, row.seen_by = max(_at(seen_on, 8), row.returned_at), month.coach
    return row


def _at(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
