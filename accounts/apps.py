from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "people and access"

    def ready(self) -> None:
        from accounts.enums import Role
        from core import navigation
        from core.registry import audit_sentences, home_pages

        home_pages.add((Role.ADMIN, "accounts:user-list"))
        navigation.add("users", _("Users"), "accounts:user-list", {Role.ADMIN}, order=10, icon="people")
        navigation.add(
            "authorities",
            _("Authorities"),
            "accounts:authority-list",
            {Role.ADMIN},
            order=20,
            icon="building",
        )
        navigation.add(
            "audit-trail",
            _("Audit trail"),
            "accounts:audit-list",
            {Role.ADMIN, Role.MANAGER},
            90,
            icon="list",
        )
        audit_sentences.update(
            {
                "user.logged_in": _("Logged in"),
                "user.log_in_failed": _("A log-in failed"),
                "user.locked_out": _("Log-in was locked after repeated failures"),
                "user.logged_out": _("Logged out"),
                "user.added": _("Added a user"),
                "user.edited": _("Changed a user's data"),
                "user.deactivated": _("Ended a user's access"),
                "user.reactivated": _("Gave a user access again"),
                "user.password_link_sent": _("Sent a link to choose a password"),
                "user.password_chosen_by_link": _("Chose a password by a link"),
                "user.password_changed": _("Changed their password"),
                "authority.added": _("Added an authority"),
                "authority.edited": _("Changed an authority's data"),
                "participant.viewed": _("Opened a participant's file"),
            }
        )
