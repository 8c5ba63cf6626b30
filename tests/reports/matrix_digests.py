"""Who gets what on the pages of the office digest."""

from tests.support.matrix import Row, only

DRAFT, SENT = {"digest_id": "digest.pk"}, {"digest_id": "sent_digest.pk"}

ROWS = [
    Row("reports:digest-list", only(manager=200, officer=200, other_officer=200, others=403)),
    Row("reports:digest-new", only(manager=200, others=403)),
    Row("reports:digest-new", only(manager=422, others=403), method="post"),
    Row("reports:digest", only(manager=200, others=404), kwargs=DRAFT),
    Row("reports:digest-stories", only(manager=200, others=404), kwargs=DRAFT),
    Row("reports:digest-stories", only(manager=422, others=404), method="post", kwargs=DRAFT),
    Row("reports:digest-send", only(manager=422, others=404), method="post", kwargs=DRAFT),
    Row("reports:digest-mail-again", only(manager=302, officer=403, others=404), method="post", kwargs=SENT),
    Row("reports:digest-pdf", only(manager=302, officer=302, others=404), method="post", kwargs=SENT),
]
