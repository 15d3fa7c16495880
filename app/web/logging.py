"""One JSON line per event: a constant name and ids; never names, addresses, free text or tokens."""

import logging
import sys
from typing import Any

import structlog

from config import Settings


def init_logging(settings: Settings) -> None:
    """Set structlog up: JSON in production, readable lines in development."""
    render: Any = structlog.processors.JSONRenderer() if settings.is_production else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if settings.mode == "test" else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
