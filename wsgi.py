"""The application that a WSGI server runs: `granian --interface wsgi wsgi:app`."""

import os

from app.factory import create_app
from config import load

app = create_app(load(os.environ))
