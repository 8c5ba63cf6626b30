#!/usr/bin/env python3
"""Django's command line. Without DATABASE_URL it brings the embedded PostgreSQL and Redis along."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    from django.core.management import execute_from_command_line

    if os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings.demo":
        from core.embedded import servers_for_command

        with servers_for_command(sys.argv):
            execute_from_command_line(sys.argv)
    else:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
