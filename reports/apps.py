from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "reports"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts.enums import Role
        from core import navigation
        from core.registry import (
            LinkPage,
            audit_sentences,
            home_pages,
            left_the_house,
            link_pages,
            participant_panels,
            person_sections,
            timeline_sources,
        )
        from core.tasks import requeuers
        from reports import (
            registrations_deliveries,
            registrations_meeting,
            registrations_own_data,
            registrations_tables,
        )
        from reports.registrations import (
            AUDIT_SENTENCES,
            own_summary_card,
            released_enrolments,
            summary_panel,
            summary_section,
            summary_timeline,
        )
        from reports.services.file_jobs import requeue_file_jobs
        from reports.services.period_end import requeue_pdf_jobs, requeue_period_end_items

        navigation.add(
            "summaries", _("Summaries"), "reports:month-list", roles={Role.COACH}, order=60, icon="document"
        )
        navigation.add("inbox", _("Inbox"), "reports:inbox", roles={Role.TE_OFFICER}, order=10, icon="mail")
        home_pages.add((Role.TE_OFFICER, "reports:inbox"))
        audit_sentences.update(AUDIT_SENTENCES)
        left_the_house.add(released_enrolments)
        participant_panels.add(summary_panel)
        registrations_deliveries.register()
        registrations_meeting.register()
        registrations_own_data.register()
        registrations_tables.register()
        link_pages.add(LinkPage("summary", own_summary_card, order=15))
        timeline_sources.add(summary_timeline)
        person_sections.add(summary_section)
        requeuers.add(requeue_period_end_items)
        requeuers.add(requeue_pdf_jobs)
        requeuers.add(requeue_file_jobs)
