"""What a step forward's kind said goes to the table that now holds it; a step is only a step."""

from django.conf import settings
from django.db import migrations

# JobSearchKind values by the kinds that a step had
JOB_SEARCH = {"call": "call", "application": "application", "visit": "went_there"}
INTERVIEWS = {"interview": "real", "practice_interview": "practice"}
TEXT_LIMITS = {"job_search": 200, "interview": 120, "certificate": 120}
A_CERTIFICATE = "Todistus tai kortti"  # data, not interface: what stood there without a name


def move_acts(apps, schema_editor) -> None:
    """One row in the new table for each step with a kind. A text that is too long there also stays as a
    step, so nothing that was written is cut off."""
    StepForward = apps.get_model("coaching", "StepForward")
    JobSearchAction = apps.get_model("coaching", "JobSearchAction")
    Interview = apps.get_model("coaching", "Interview")
    Certificate = apps.get_model("participants", "Certificate")
    moved = {"job_search": [], "interview": [], "certificate": []}
    gone, kept = [], []
    for step in StepForward.objects.exclude(kind="step").select_related("enrolment").order_by("pk"):
        where, row = _row(step, JobSearchAction, Interview, Certificate)
        moved[where].append(row)
        (kept if len(step.text) > TEXT_LIMITS[where] else gone).append(step.pk)
    JobSearchAction.objects.bulk_create(moved["job_search"], batch_size=1000)
    Interview.objects.bulk_create(moved["interview"], batch_size=1000)
    Certificate.objects.bulk_create(moved["certificate"], batch_size=1000)
    StepForward.objects.filter(pk__in=gone).delete()
    StepForward.objects.filter(pk__in=kept).update(kind="step")


def _row(step, JobSearchAction, Interview, Certificate):  # noqa: N803
    by = {"recorded_by_id": step.recorded_by_id, "recorded_at": step.recorded_at}
    if step.kind in JOB_SEARCH:
        return "job_search", JobSearchAction(
            enrolment_id=step.enrolment_id,
            session_id=step.session_id,
            day=step.day,
            kind=JOB_SEARCH[step.kind],
            text=step.text[: TEXT_LIMITS["job_search"]],
            done_by=step.done_by,
            **by,
        )
    if step.kind in INTERVIEWS:
        return "interview", Interview(
            enrolment_id=step.enrolment_id,
            kind=INTERVIEWS[step.kind],
            held_on=step.day,
            where=step.text[: TEXT_LIMITS["interview"]],
            **by,
        )
    return "certificate", Certificate(
        participant_id=step.enrolment.participant_id,
        name=step.text[: TEXT_LIMITS["certificate"]] or A_CERTIFICATE,
        issued_on=step.day,
        **by,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0006_default_programme_in_full"),
        ("participants", "0003_links_and_certificates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(move_acts, migrations.RunPython.noop)]
