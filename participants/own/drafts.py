"""Drafts of the own pages: kept on the server while the participant types, shown again at the next visit."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse, QueryDict

from core import clock
from core.errors import DomainError
from core.templatetags.page_pieces import time_fi
from participants.models import OwnDraft
from participants.own.visit import OwnVisit
from participants.services.personal_links import keep_draft


def autosave(request: HttpRequest, visit: OwnVisit, *, key: str, names: Iterable[str]) -> JsonResponse:
    """Keep the posted fields `names` as the draft `key`; what static/js/autosave_form.js expects back."""
    content = {name: request.POST.get(name, "").replace("\x00", "") for name in names}
    try:
        draft = keep_draft(
            participant_id=visit.participant.pk, key=key, content=content, base="", now=clock.now()
        )
    except DomainError as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse({"saved_at": time_fi(draft.saved_at)})


def draft_of(visit: OwnVisit, *, key: str) -> OwnDraft | None:
    """What was typed on this page and not sent."""
    return OwnDraft.objects.filter(participant=visit.participant, key=key).first()


def as_post(draft: OwnDraft) -> QueryDict:
    """The draft as a form would have sent it."""
    data = QueryDict(mutable=True)
    data.update({name: str(value) for name, value in draft.content.items()})
    return data
