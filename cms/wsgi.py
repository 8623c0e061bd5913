"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")
application = get_wsgi_application()
# What is loaded now stays until the end: searching it for garbage took a tenth of every page's time.
gc.collect()
gc.freeze()
