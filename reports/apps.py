from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "reports"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts.enums import Role
        from core import navigation
        from core.registry import WayOut, audit_sentences, home_pages, ways_out
        from core.tasks import requeuers
        from participants.enums import ConsentRecipient
        from reports.querysets import RELEASE_ITEMS
        from reports.services.period_end import requeue_pdf_jobs, requeue_period_end_items

        navigation.add(
            "summaries", _("Summaries"), "reports:month-list", roles={Role.COACH}, order=60, icon="document"
        )
        navigation.add("inbox", _("Inbox"), "reports:inbox", roles={Role.TE_OFFICER}, order=10, icon="mail")
        home_pages.add((Role.TE_OFFICER, "reports:inbox"))
        ways_out.add(WayOut("summary.release", ConsentRecipient.AUTHORITY, RELEASE_ITEMS))
        ways_out.add(WayOut("summary.read", ConsentRecipient.AUTHORITY, RELEASE_ITEMS))
        ways_out.add(
            WayOut(
                "summary.mail",
                ConsentRecipient.AUTHORITY,
                (),
                why_none="the mail says that something waits in the inbox and nothing else",
            )
        )
        ways_out.add(
            WayOut(
                "summary.verify",
                ConsentRecipient.AUTHORITY,
                (),
                why_none="the verification page names no person, only version, hash and dates",
            )
        )
        audit_sentences.update(
            {
                "period_end.started": _("Started making a month's summaries"),
                "period_end.part_run_again": _("Ran a failed summary again"),
                "summary.made": _("Made a summary"),
                "summary.rebuilt": _("Took changes into a summary"),
                "summary.edited": _("Edited a summary's texts"),
                "summary.given_to_participant": _("Gave a summary to the participant"),
                "summary.taken_back": _("Took a summary back to edit"),
                "summary.signed_by_participant": _("Recorded the participant's approval of a summary"),
                "summary.approved": _("Approved a summary"),
                "summary.released": _("Released a summary"),
                "summary.superseded": _("Replaced a summary by a newer version"),
                "summary.opened": _("Opened a released summary"),
                "summary.downloaded": _("Downloaded a summary"),
                "summary.text_copied": _("Copied a summary's text"),
            }
        )
        requeuers.add(requeue_period_end_items)
        requeuers.add(requeue_pdf_jobs)
