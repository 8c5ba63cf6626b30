"""Who gets what on coaching's addresses: one list per noun."""

from tests.coaching import matrix_person

ROWS = [*matrix_person.ROWS]
