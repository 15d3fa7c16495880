"""Doors for the hand: the first administrator."""

from flask.cli import AppGroup

commands = AppGroup("people", help="People and roles.")
