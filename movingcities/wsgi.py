"""The entry point for gunicorn and other WSGI servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "movingcities.settings")

application = get_wsgi_application()

# A page makes thousands of objects that go with it. To look for cycles among them after each 700, and now and then
# among all that Django loaded, takes a tenth of the time of a page.
gc.freeze()
gc.set_threshold(20_000)
