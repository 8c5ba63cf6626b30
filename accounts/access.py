"""Who may do what with people, authorities and the audit trail (permissions.md). Policies are prose first."""

from __future__ import annotations

from accounts.enums import Role


def can_manage_people(user) -> bool:
    """Users and offices are the administrator's alone; for everybody else the pages do not exist (404)."""
    return user.role == Role.ADMIN


def can_read_audit_trail(user) -> bool:
    """Managers and administrators read the trail."""
    return user.role in (Role.MANAGER, Role.ADMIN)


def can_read_reasons(user) -> bool:
    """What somebody wrote as a reason for opening a person's file may name that person: the manager reads
    it, the administrator (who cannot open files) sees only that a reason was given."""
    return user.role == Role.MANAGER
