"""`python -m core.health_probe`: the container's own health check of the web server."""

import json
import os
import sys
import urllib.error
import urllib.request

URL = "http://127.0.0.1:8000/healthz"


def main(url: str = URL) -> int:
    """0 when the web server answers and reaches its database; worker and Redis have checks of their own."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".") or "localhost"
    request = urllib.request.Request(url, headers={"Host": host})  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310
            states = json.load(answer)
    except urllib.error.HTTPError as error:
        try:
            states = json.load(error)
        except ValueError:
            return 1
    except (OSError, ValueError):
        return 1
    return 0 if states.get("checks", {}).get("database") == "ok" else 1


if __name__ == "__main__":
    sys.exit(main())
