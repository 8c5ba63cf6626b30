"""Who gets what on the pages of people and access (permissions.md: users and offices, audit trail)."""

from tests.support.matrix import Row, everybody, only

ADMINISTRATOR = only(administrator=200, others=403)
READERS = only(manager=200, administrator=200, others=403)
OF_A_PERSON = {"user_id": "coach.pk"}
OF_AN_OFFICE = {"authority_id": "office.pk"}
DEAD_LINK = {"secret": "x" * 43}

ROWS = [
    Row("accounts:log-in", everybody(302, anonymous=200)),
    Row("accounts:log-in", everybody(422, anonymous=422), method="post"),
    Row("accounts:log-out", everybody(302, anonymous=302), method="post"),
    Row("accounts:password-change", everybody(200)),
    Row("accounts:password-change", everybody(422), method="post"),
    Row("accounts:password-choose", everybody(410, anonymous=410), kwargs=DEAD_LINK),
    Row("accounts:password-choose", everybody(410, anonymous=410), method="post", kwargs=DEAD_LINK),
    Row("accounts:user-list", ADMINISTRATOR),
    Row("accounts:user-add", ADMINISTRATOR),
    Row("accounts:user-add", only(administrator=422, others=403), method="post"),
    Row("accounts:user-edit", only(administrator=200, others=404), kwargs=OF_A_PERSON),
    Row("accounts:user-edit", only(administrator=422, others=404), method="post", kwargs=OF_A_PERSON),
    Row("accounts:user-deactivate", only(administrator=200, others=404), kwargs=OF_A_PERSON),
    Row("accounts:user-deactivate", only(administrator=302, others=404), method="post", kwargs=OF_A_PERSON),
    Row("accounts:user-reactivate", only(administrator=302, others=404), method="post", kwargs=OF_A_PERSON),
    Row("accounts:user-send-link", only(administrator=302, others=404), method="post", kwargs=OF_A_PERSON),
    Row("accounts:authority-list", ADMINISTRATOR),
    Row("accounts:authority-add", ADMINISTRATOR),
    Row("accounts:authority-add", only(administrator=422, others=403), method="post"),
    Row("accounts:authority-edit", only(administrator=200, others=404), kwargs=OF_AN_OFFICE),
    Row("accounts:authority-edit", only(administrator=422, others=404), method="post", kwargs=OF_AN_OFFICE),
    Row("accounts:audit-list", READERS),
]
