"""The brief behind the employer's link: read only, as long as the participant allows it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from employers.brief_paper import build_brief_paper
from employers.enums import WorkplacePurpose
from employers.links import WorkplaceVisit, workplace_page
from employers.pages.brief import body_of
from employers.services.brief_delivery import brief_of_link


@workplace_page(WorkplacePurpose.BRIEF)
@require_GET
def brief(request: HttpRequest, visit: WorkplaceVisit) -> HttpResponse:
    """The approved page. What is over answers 410 with whom to ask."""
    found = brief_of_link(link=visit.link, today=clock.today())
    paper = build_brief_paper(found)
    context = {"paper": paper, "body": body_of(paper), "valid_until": visit.link.token.expires_at}
    return render(request, "employers/workplace/brief.html", context)
