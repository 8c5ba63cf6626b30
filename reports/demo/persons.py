"""What the demo's people want beside their goal: goals of the areas, alternatives, steps, one more talk."""

from __future__ import annotations

import datetime as dt

from coaching.models import ActionStep, Discussion, GoalAlternative, SubGoal

# (area, goal)
SUB_GOALS = [
    ("daily_life", "Nousen arkisin seitsemältä ja syön aamupalan."),
    ("capacity", "Kävelen kolmesti viikossa puoli tuntia."),
    ("skills", "Suoritan hygieniapassin."),
    ("employment", "Soitan joka viikko kolmeen työpaikkaan."),
    ("coping", "Pyydän ohjaajalta palautteen joka perjantai."),
]
ALTERNATIVES = [
    "Osa-aikainen työ koulun keittiössä",
    "Oppisopimus hoivakodissa",
    "Palkkatukityö kierrätyskeskuksessa",
    "Verkkokurssi ja uusi haku syksyllä",
]
# (what, how, who, days from the month's start, area)
STEPS = [
    (
        "Soittaa Keittiö Kuismalaan",
        "tiistaina ryhmän jälkeen, valmentaja vieressä",
        "osallistuja",
        9,
        "employment",
    ),
    ("Varaa ajan hygieniapassitestiin", "oppilaitoksen sivulla", "osallistuja", 12, "skills"),
    ("Lähettää ansioluettelon koordinaattorille", "sähköpostilla", "osallistuja", 16, "employment"),
    ("Kysyy terveystarkastuksen ajan", "puhelimella", "osallistuja ja valmentaja", 18, "capacity"),
]


def build_wishes(month, enrolments, *, coach, today: dt.date) -> None:
    """Rows for each person of a month that has begun; nothing that would be in the future is done yet."""
    if month.starts_on > today:
        return
    by_day = {"recorded_by": coach}
    SubGoal.objects.bulk_create(_sub_goals(month, enrolments, by_day, today))
    GoalAlternative.objects.bulk_create(
        GoalAlternative(
            enrolment=enrolment,
            text=ALTERNATIVES[(n + k) % len(ALTERNATIVES)],
            set_aside_on=min(today, month.starts_on + dt.timedelta(days=11)) if k and n % 3 == 0 else None,
            **by_day,
        )
        for n, enrolment in enumerate(enrolments)
        for k in range(1 + n % 2)
    )
    if month.ends_on >= today:
        ActionStep.objects.bulk_create(_steps(month, enrolments, by_day, today))
    talked_on = month.starts_on + dt.timedelta(days=5)
    if talked_on < today:
        _one_more_talk(enrolments[1], coach, talked_on)


def _sub_goals(month, enrolments, by_day: dict, today: dt.date) -> list[SubGoal]:
    set_on = min(today, month.starts_on + dt.timedelta(days=2))
    reached_on = month.starts_on + dt.timedelta(days=14)
    rows = []
    for n, enrolment in enumerate(enrolments):
        for k in range(2):
            area, text = SUB_GOALS[(n + 2 * k) % len(SUB_GOALS)]
            is_reached = k == 0 and n % 4 == 0 and reached_on < today
            rows.append(
                SubGoal(
                    enrolment=enrolment,
                    area=area,
                    text=text,
                    set_on=set_on,
                    state="reached" if is_reached else "open",
                    closed_on=reached_on if is_reached else None,
                    **by_day,
                )
            )
    return rows


def _steps(month, enrolments, by_day: dict, today: dt.date) -> list[ActionStep]:
    """One or two open steps each; those of the first week are done and say what came of them."""
    rows = []
    for n, enrolment in enumerate(enrolments):
        for k in range(1 + n % 2):
            what, how, who, days, area = STEPS[(n + k) % len(STEPS)]
            due_on = month.starts_on + dt.timedelta(days=days)
            is_done = due_on < today and n % 3 == 1
            rows.append(
                ActionStep(
                    enrolment=enrolment,
                    what=what,
                    how=how,
                    who=who,
                    due_on=due_on,
                    goal_area=area,
                    done_on=due_on if is_done else None,
                    result="Pääsee käymään ensi viikolla." if is_done else "",
                    **by_day,
                )
            )
    return rows


def _one_more_talk(enrolment, coach, day: dt.date) -> None:
    Discussion.objects.create(
        enrolment=enrolment,
        kind="other",
        topic="Matkat ja aamut",
        held_on=day,
        present=f"{enrolment.participant.first_name}, {coach.full_name}",
        participant_view="Aamubussi tulee liian myöhään, ja se huolettaa.",
        coach_view="Kimppakyyti voisi ratketa ryhmän sisältä.",
        help_wanted="Joku, jonka kanssa tulla.",
        help_answer="Kysytään ryhmältä huomenna.",
        agreed="Myöhästymisestä sovitaan, kunnes kyyti löytyy.",
        recorded_by=coach,
    )
