"""Which summaries went with a delivery is never rewritten: a summary counts as taken back from an office by the
deliveries that carried it, so one row less or elsewhere would open it again. The database itself refuses."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_refuse_change_of_delivery_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'delivery item % cannot be deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RAISE EXCEPTION 'delivery item % cannot be changed', OLD.id USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER reports_delivery_item_stays
    BEFORE UPDATE OR DELETE ON reports_deliveryitem
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change_of_delivery_item();
"""

BACKWARD = """
DROP TRIGGER reports_delivery_item_stays ON reports_deliveryitem;
DROP FUNCTION reports_refuse_change_of_delivery_item();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_who_answered_a_data_request")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
