"""How gunicorn serves the site: `gunicorn -c python:cms.gunicorn cms.wsgi`. Sizes come from the settings."""

import os
from pathlib import Path

from gunicorn.http import message

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")

from django.conf import settings

_memory = Path("/dev/shm")  # noqa: S108 - where gunicorn's heartbeat files never wait for a disk

bind = f"{settings.BIND_HOST}:{settings.PORT}"
worker_class = "gthread"
workers = settings.WEB_PROCESSES
threads = settings.WEB_THREADS
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 20000
max_requests_jitter = 2000
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None
# The site answers overlong addresses in its own words; gunicorn would stop at 8190 bytes with a bare page.
limit_request_line = message.MAX_REQUEST_LINE = 32 * 1024
control_socket_disable = True
proc_name = "workers-home"
errorlog = "-"
loglevel = "warning"
