"""The WSGI entry for any server."""

from django.core.wsgi import get_wsgi_application

from muster.config.bootstrap import ensure_environment

ensure_environment()
application = get_wsgi_application()
