"""Background work in a thread of the server, so that one process is a whole product."""

import atexit
import threading
import time
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.sessions import SessionStore
from events.usage import forget_old, meter
from guests.upkeep import forget_ended_links, forget_visitors
from lib import limits
from tokens.upkeep import forget_expired_tokens

log = structlog.get_logger("latchkey.worker")

STUCK_AFTER = timedelta(minutes=5)
KEPT_FOR = timedelta(days=1)
TIDY_EVERY = timedelta(minutes=5)
FLUSH_EVERY = timedelta(seconds=10)
STOPPING = 5  # seconds that a thread is waited for when the process ends


def start_embedded() -> None:
    """Three daemon threads a process: tidying up, adding usage up, and working, unless EMBEDDED_WORKER is off."""
    threading.Thread(target=_tidy_for_ever, name="tidy", daemon=True).start()
    meter.thread = threading.Thread(target=_flush_for_ever, name="usage", daemon=True)
    meter.thread.start()
    atexit.register(_flush, wait=STOPPING)
    if not settings.EMBEDDED_WORKER:
        return
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"embedded-{threading.get_native_id()}",
    )
    thread = threading.Thread(target=_drain, args=[worker], name="worker", daemon=True)
    thread.start()

    def stop() -> None:
        worker.running = False
        thread.join(timeout=STOPPING)

    atexit.register(stop)


def _drain(worker: Worker) -> None:
    """Work until told to stop, also across an outage of the database."""
    while worker.running:
        try:
            worker.run()
        except Exception:
            log.exception("worker failed")
            close_old_connections()
            time.sleep(1)


def tidy() -> None:
    """Put back what a killed worker left running; forget old tasks, sessions, tokens, counters, usage and visitors."""
    now = timezone.now()
    stuck = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - STUCK_AFTER)
    stuck.update(status=TaskResultStatus.READY, started_at=None)
    DBTaskResult.objects.filter(finished_at__lt=now - KEPT_FOR).delete()
    SessionStore.clear_expired()
    forget_expired_tokens()
    forget_ended_links()
    limits.forget_expired()
    forget_old()
    if settings.VISITORS_KEPT_DAYS > 0:
        forget_visitors(timedelta(days=settings.VISITORS_KEPT_DAYS))


def _tidy_for_ever() -> None:
    while True:
        try:
            tidy()
        except Exception:
            log.exception("tidying failed")
        close_old_connections()
        time.sleep(TIDY_EVERY.total_seconds())


def _flush_for_ever() -> None:
    while True:
        time.sleep(FLUSH_EVERY.total_seconds())
        _flush()
        close_old_connections()


def _flush(wait: float = -1) -> None:
    try:
        meter.flush(wait)
    except Exception as error:
        log.warning("usage not written yet", error=type(error).__name__)
