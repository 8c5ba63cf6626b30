"""Django's admin shows reference data only, to administrators who have it switched on.

People and the audit trail are not registered: their own pages follow the product's rules and write the trail.
"""

from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.enums import Role

admin.site.unregister(Group)


class ReferenceDataAdmin(admin.ModelAdmin):
    """Base of every registration: an active administrator with `is_staff` may do everything but delete."""

    def has_module_permission(self, request) -> bool:
        return request.user.is_active and request.user.is_staff and request.user.role == Role.ADMIN

    def has_view_permission(self, request, obj=None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
