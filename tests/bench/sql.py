"""SQL per page: the first view of a process and a warm one. Run as a child: prints one JSON line."""

import json
import sys

import django

FRAMING = ("BEGIN", "COMMIT", "ROLLBACK")
"""What stands around the queries of a page that is made from one moment; it asks nothing."""


def main(paths: list[str]) -> None:
    """Print {path: [cold, warm]} for each path."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1", headers={"accept": "text/html"})
    counts: dict[str, list[int]] = {}
    for path in paths:
        seen = []
        for _ in range(3):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            seen.append(sum(not query["sql"].startswith(FRAMING) for query in queries))
        counts[path] = [seen[0], seen[-1]]
    print(json.dumps(counts))


if __name__ == "__main__":
    main(sys.argv[1:])
