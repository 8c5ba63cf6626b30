"""Lines of the logs: what the database says of a refused row stays out."""

import logging
import sys

import pytest
from django.db import IntegrityError, transaction

from core.logs import LineWithoutRowValues
from participants.models import Participant

PLACE = "Ensirivi\n\nSalainen"


def test_a_refused_rows_values_stay_out_of_the_log(participant):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Participant.objects.filter(pk=participant.pk).update(authority=None, city=PLACE)
    assert PLACE.split()[1] in str(refused.value)
    try:
        raise RuntimeError("what came of it") from refused.value
    except RuntimeError:
        record = logging.LogRecord("django", logging.ERROR, __file__, 1, "Broken", (), sys.exc_info())
    line = LineWithoutRowValues("%(message)s").format(record)
    assert "Salainen" not in line
    assert participant.last_name not in line
    assert "DETAIL: (hidden)" in line
    assert "what came of it" in line
