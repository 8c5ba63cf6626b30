"""Many people by SQL, for the benchmarks: real shapes and sizes, no stories."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import CharField, TextField

from accounts.enums import Role
from accounts.models import User
from participants.models import Participant
from reports.demo.build import EMAIL_DOMAIN, DatabaseIsNotEmpty, build_cast, default_programme

GROUP = 10
SESSIONS = 20
# what one person has in hand does not grow with the register
COACHS_GROUPS = 12
COORDINATORS_GROUPS = 100
MOST_OPEN_REFERRALS = 500


@transaction.atomic
def build_bulk(*, today: dt.date, participants: int, password: str) -> dict[str, int]:
    """`participants` people in finished months of ten, 20 sessions each, both halves marked, one employer
    for every person. What one coach and one coordinator have in hand, and how many referrals are open,
    stays what people can have in hand; the rest belongs to colleagues and to the past. Raises DatabaseIsNotEmpty when anybody is on record already.

    At 100 000 people this makes 4 million marks.
    """
    if Participant.objects.exists() or User.objects.exists():
        raise DatabaseIsNotEmpty("The database is not empty; demo data is only loaded into an empty one.")
    cast = build_cast(password)
    programme = default_programme(cast.manager, today)
    values = {
        "people": participants,
        "groups": -(-participants // GROUP),
        "today": today,
        "office": cast.offices[0].pk,
        "officer": cast.officer.pk,
        "coach": cast.coach.pk,
        "coaches": [cast.second_coach.pk, *(coach.pk for coach in cast.more_coaches)],
        "coordinator": cast.coordinator.pk,
        "colleague": _second_coordinator().pk,
        "nth_waits": max(50, participants // MOST_OPEN_REFERRALS),
        "coachs_groups": COACHS_GROUPS,
        "coordinators_groups": COORDINATORS_GROUPS,
        "programme": programme.pk,
        "group": GROUP,
        "sessions": SESSIONS,
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(_with_blanks(statement), values)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM coaching_attendancemark")
        marks = cursor.fetchone()[0]
    return {"participants": participants, "months": values["groups"], "marks": marks}


def _with_blanks(statement: str) -> str:
    """The statement with "" in the texts of its table that it does not name, where it leaves room for them."""
    if "{blanks}" not in statement:
        return statement
    table = statement.split("INSERT INTO", 1)[1].split("(", 1)[0].strip()
    named = statement.split("(", 1)[1].split(")", 1)[0].replace("{blank_columns}", "").split(",")
    known = {column.strip() for column in named}
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    blank = [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.null and field.column not in known
    ]
    columns = "".join(f", {column}" for column in blank)
    return statement.format(blank_columns=columns, blanks=", ''" * len(blank))


def _second_coordinator() -> User:
    return User.objects.create(
        email=f"koordinaattori2@{EMAIL_DOMAIN}",
        role=Role.COORDINATOR,
        first_name="Kirsi",
        last_name="Rautio",
        title="työllisyyskoordinaattori",
        phone="040 012 0009",
        password=make_password(None),
    )


STATEMENTS = (
    """
    INSERT INTO participants_participant (first_name, last_name, birth_date, email, phone, street_address,
        postal_code, city, language, authority_id, officer_id, officer_name, labour_status, education,
        hetu_encrypted, hetu_hash, is_restricted, information_method, wants_plain_finnish, created_at, updated_at,
        version)
    SELECT 'Etunimi' || n %% 97, 'Sukunimi' || n %% 9973, DATE '1960-01-01' + (n * 37 %% 15000), 'p' || n || '@posti.example',
        '040 012 ' || lpad((n %% 10000)::text, 4, '0'), 'Koivukuja ' || n %% 60, '13100', 'Hämeenlinna', 'fi',
        %(office)s, %(officer)s, '', 'unemployed_over_year', 'vocational', '', '', FALSE, '', FALSE, now(), now(), 1
    FROM generate_series(1, %(people)s) AS n
    """,
    """
    INSERT INTO participants_referral (participant_id, authority_id, referred_on, source, state, reason, note,
        created_by_id, created_at, version)
    SELECT id, authority_id, %(today)s::date - (id %% 900)::int, 'list', CASE WHEN id %% %(nth_waits)s = 0 THEN 'received' ELSE 'enrolled' END,
        '', '', %(coordinator)s, now(), 1 FROM participants_participant
    """,
    """
    INSERT INTO coaching_coachingmonth (name, programme_id, starts_on, ends_on, coaching_half, session_starts_at,
        session_ends_at, room, coach_id, coordinator_id, authority_id, capacity, state, closed_at, closed_by_id,
        created_at, version)
    SELECT 'Kuukausi ' || g, %(programme)s, day, day + 25, 'morning', '09:00', '12:00', 'Koivusali',
        coach, CASE WHEN g <= %(coordinators_groups)s THEN %(coordinator)s ELSE %(colleague)s END, %(office)s, 10, 'closed', now(), coach, now(), 1
    FROM (
        SELECT g, (date_trunc('week', %(today)s::date)::date - 7 * (5 + g %% 200)::int) AS day,
            CASE WHEN g <= %(coachs_groups)s THEN %(coach)s
                 ELSE (%(coaches)s::bigint[])[1 + g %% array_length(%(coaches)s::bigint[], 1)] END AS coach
        FROM generate_series(1, %(groups)s) AS g
    ) AS months
    """,
    """
    INSERT INTO coaching_session (month_id, held_on, half, begins_at, ends_at, week, theme, room, kind, title,
        plan, destination, trial_note, trial_advice, state, not_arranged_reason, group_note, logged_at, logged_by_id, version)
    SELECT m.id, m.starts_on + 7 * (s / 5) + s %% 5, 'morning', '09:00', '12:00', 1 + s / 5, 'Teema', 'Koivusali',
        'coaching', '', '', '', '', '', 'logged', '', 'Ryhmän päivä.', now(), m.coach_id, 1
    FROM coaching_coachingmonth m, generate_series(0, %(sessions)s - 1) AS s
    """,
    """
    INSERT INTO coaching_enrolment (month_id, participant_id, state, joined_on, queued_at, aim, exit_kind, exit_reason,
        ended_by, support_after, onward_path, onward_detail, onward_recorded_at, version)
    SELECT m.id, p.id, 'enrolled', m.starts_on, now(), '', 'completed', '', '', '',
        CASE WHEN p.id %% 3 = 0 THEN 'none_yet' ELSE 'paid_work' END, '', now(), 1
    FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM participants_participant) p
    JOIN (SELECT id, starts_on, row_number() OVER (ORDER BY id) - 1 AS g FROM coaching_coachingmonth) m
        ON m.g = p.n / %(group)s
    """,
    """
    INSERT INTO coaching_attendancemark (enrolment_id, session_id, day, half, mark, minutes_late,
        minutes_left_early, hours, recorded_by_id, recorded_at)
    SELECT e.id, CASE WHEN h.half = 'morning' THEN s.id END, s.held_on, h.half,
        CASE WHEN (e.id + s.id) %% 13 = 0 THEN 'own_illness' ELSE 'present' END, 0, 0,
        CASE WHEN h.half = 'afternoon' AND (e.id + s.id) %% 13 <> 0 THEN 4 END, %(coach)s, now()
    FROM coaching_enrolment e JOIN coaching_session s ON s.month_id = e.month_id,
        (VALUES ('morning'), ('afternoon')) AS h(half)
    """,
    """
    INSERT INTO employers_employer (name, business_id, sector, street_address, postal_code, city, phone, email,
        language, own_contact_id, created_at, updated_at, version{blank_columns})
    SELECT CASE WHEN g <= 50 THEN 'Kahvila ' ELSE 'Työpaikka ' END || g, '', 'retail', '', '13100', 'Hämeenlinna', '', '', 'fi',
        CASE WHEN g <= %(coordinators_groups)s THEN %(coordinator)s ELSE %(colleague)s END, now(), now(), 1{blanks}
    FROM generate_series(1, greatest(%(people)s, 12)) AS g
    """,
    """
    INSERT INTO employers_placement (participant_id, month_id, employer_id, purpose, starts_on, ends_on, half,
        weekdays, hours_per_day, tasks, state, hire_chance, created_by_id, created_at, updated_at, version{blank_columns})
    SELECT e.participant_id, e.month_id, w.id, 'skills', m.starts_on, m.ends_on, 'afternoon',
        '12345', 4, 'Keräily', 'completed', 'possible', m.coordinator_id, now(), now(), 1{blanks}
    FROM coaching_enrolment e JOIN coaching_coachingmonth m ON m.id = e.month_id
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS g FROM employers_employer) w ON w.g = e.id %% %(groups)s
    """,
)
