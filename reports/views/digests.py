"""The office digest: managers write and send it, the office's officers read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from accounts.enums import Role
from coaching.views.loading import posted
from coaching.views.person_base import kept, posted_version
from core import clock
from core.errors import AccessDenied, DomainError, StaleVersion
from core.forms import add_domain_error
from core.pagination import page_of
from reports.access import can_write_digests
from reports.enums import FileKind
from reports.forms.digest import NewDigestForm, StoriesForm
from reports.models import OfficeDigest
from reports.pages.digest import period_words, present_digest
from reports.services.digests import make_digest, save_stories, send_digest, send_mail_again
from reports.services.file_jobs import ask_for_file


def _load(request: HttpRequest, digest_id: int) -> OfficeDigest:
    rows = OfficeDigest.objects.visible_to(request.user).select_related("authority", "author", "mail")
    return get_object_or_404(rows, pk=digest_id)


def _own(request: HttpRequest, digest_id: int) -> OfficeDigest:
    """As `_load`, for the manager who may change it."""
    found = _load(request, digest_id)
    if not can_write_digests(request.user):
        raise AccessDenied(_("Digests are written by managers."))
    return found


@require_GET
def digest_list(request: HttpRequest) -> HttpResponse:
    """Managers see all, officers those that were sent to their office."""
    if request.user.role not in (Role.MANAGER, Role.TE_OFFICER):
        raise AccessDenied(_("Digests are written by managers and read by the office."))
    rows = OfficeDigest.objects.visible_to(request.user).select_related("authority", "author", "mail")
    page = page_of(rows.order_by("-starts_on", "-id"), request)
    lines = [{"row": row, "period": period_words(row.period, row.starts_on)} for row in page.object_list]
    context = {"page": page, "lines": lines, "may_write": can_write_digests(request.user)}
    return render(request, "reports/digest/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose the office and the period."""
    if not can_write_digests(request.user):
        raise AccessDenied(_("Digests are written by managers."))
    form = NewDigestForm(posted(request), today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            made = make_digest(actor=request.user, today=clock.today(), **form.values())
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect("reports:digest", made.pk)
    status = 422 if form.errors else 200
    return render(request, "reports/digest/new.html", {"form": form, "section": "digests"}, status=status)


@require_GET
def digest(request: HttpRequest, digest_id: int) -> HttpResponse:
    """Figures with their shares, the stories, and for the manager what comes next."""
    found = _load(request, digest_id)
    if request.user.role == Role.TE_OFFICER:
        audit.record(actor=request.user, action="digest.opened", obj=found)
    return _show(request, found)


def _show(request: HttpRequest, found: OfficeDigest, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        **present_digest(found, today=clock.today()),
        "may_write": can_write_digests(request.user),
        "is_over": found.ends_on < clock.today(),
        "error": error,
        "section": "digests",
    }
    return render(request, "reports/digest/digest.html", context, status=status)


@require_http_methods(["GET", "POST"])
def stories(request: HttpRequest, digest_id: int) -> HttpResponse:
    """Two or three anonymous lines."""
    found = _own(request, digest_id)
    if found.sent_at:
        raise AccessDenied(_("The digest was sent and stays as it is."))
    initial = {f"story_{number}": text for number, text in enumerate(found.cases, start=1)}
    form = StoriesForm(posted(request), initial={**initial, "base_version": found.version})
    conflict: list = []
    if request.method == "POST" and form.is_valid():
        try:
            save_stories(
                actor=request.user,
                digest_id=found.pk,
                stories=form.stories(),
                base_version=form.cleaned_data["base_version"],
            )
        except StaleVersion as error:
            theirs = _own(request, digest_id)
            conflict = _conflict(form, theirs)
            form = kept(form, base_version=theirs.version)
            add_domain_error(form, error)
        except AccessDenied:
            raise
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("reports:digest", found.pk)
    context = {"digest": found, "form": form, "conflict": conflict, "section": "digests"}
    context["period"] = period_words(found.period, found.starts_on)
    return render(request, "reports/digest/stories.html", context, status=422 if form.errors else 200)


def _conflict(form: StoriesForm, theirs: OfficeDigest) -> list[tuple[str, str, str]]:
    """Both versions of the stories that differ."""
    mine = form.stories()
    saved = [*theirs.cases, *[""] * (len(mine) - len(theirs.cases))]
    return [
        (str(form.fields[f"story_{number}"].label), now, typed)
        for number, (now, typed) in enumerate(zip(saved, mine, strict=True), start=1)
        if now != typed
    ]


@require_POST
def send(request: HttpRequest, digest_id: int) -> HttpResponse:
    """Freeze it and tell the office."""
    found = _own(request, digest_id)
    try:
        sent = send_digest(
            actor=request.user,
            digest_id=found.pk,
            version=posted_version(request),
            now=clock.now(),
            today=clock.today(),
        )
    except AccessDenied:
        raise
    except DomainError as error:
        return _show(request, _own(request, digest_id), error=str(error), status=422)
    if sent.mail_id:
        messages.success(request, _("The digest is sent: the office gets a mail and reads it here."))
    else:
        messages.warning(
            request,
            _("The digest can be read by the office here. It has no e-mail address, so no mail went."),
        )
    return redirect("reports:digest", found.pk)


@require_POST
def mail_again(request: HttpRequest, digest_id: int) -> HttpResponse:
    """One more mail."""
    found = _own(request, digest_id)
    try:
        send_mail_again(actor=request.user, digest_id=found.pk)
    except AccessDenied:
        raise
    except DomainError as error:
        return _show(request, found, error=str(error), status=422)
    messages.success(request, _("The mail goes out once more."))
    return redirect("reports:digest", found.pk)


@require_POST
def pdf(request: HttpRequest, digest_id: int) -> HttpResponse:
    """Ask for the PDF; a worker makes it."""
    found = _load(request, digest_id)
    job = ask_for_file(
        kind=FileKind.DIGEST,
        format="pdf",
        params={"digest": found.pk, "version": found.version},
        actor=request.user,
    )
    return redirect("reports:file-job", job.pk)
