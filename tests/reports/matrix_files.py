"""Files that are made as jobs are for whoever asked for them: here the coach."""

from tests.support.matrix import Row, only

JOB = {"job_id": "file_job.pk"}
ROWS = [
    Row("reports:file-job", only(coach=200, second_coach=404, others=404), kwargs=JOB),
    Row("reports:file-job-download", only(others=404), kwargs=JOB),  # not made yet
    Row("reports:file-job-cancel", only(coach=302, second_coach=404, others=404), "post", kwargs=JOB),
    Row(
        "reports:file-job-again", only(coach=422, second_coach=404, others=404), "post", kwargs=JOB
    ),  # still queued
]
