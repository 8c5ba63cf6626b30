"""A released summary never changes and none that was released disappears: the database itself refuses."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_refuse_change_of_released_summary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.released_at IS NOT NULL THEN
            RAISE EXCEPTION 'summary % was released and cannot be deleted', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.released_at IS NOT NULL THEN
        IF (to_jsonb(NEW) - 'state') IS DISTINCT FROM (to_jsonb(OLD) - 'state') THEN
            RAISE EXCEPTION 'summary % was released and cannot be changed', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.state <> OLD.state AND NOT (OLD.state = 'released' AND NEW.state = 'superseded') THEN
            RAISE EXCEPTION 'summary % was released and can only be superseded', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER reports_released_summary_stays
    BEFORE UPDATE OR DELETE ON reports_summaryversion
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change_of_released_summary();
"""

BACKWARD = """
DROP TRIGGER reports_released_summary_stays ON reports_summaryversion;
DROP FUNCTION reports_refuse_change_of_released_summary();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_pdf_jobs_and_hash_prefix")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
