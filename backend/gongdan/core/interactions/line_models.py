"""What an administrator sets up for the telephone: systems, extensions, queues, lines, and how the line is run."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

# Looked up before they are written, never removed: see core.tickets.clock_models.
REFERENCE: Any = {"on_delete": models.PROTECT, "db_constraint": False, "db_index": False}


class Dialect(models.TextChoices):
    """How a telephone system is spoken to."""

    ASTERISK = "asterisk"
    FREESWITCH = "freeswitch"
    HTTP = "http"


class Health(models.TextChoices):
    """connecting also while it is tried again; refused: it answered and did not let us in; off: not wanted."""

    OFF = "off"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    REFUSED = "refused"


class TelephoneSystem(models.Model):
    """A telephone system and the connection to it.

    `host`, `port`, `username` and `secret` (sealed, see kernel.sealing) are for those that are connected to; an HTTP
    system has `keys` (kernel.signing) for both ways and, if it can be controlled, `control_address`. `settings`:
    further words of the dialect (docs/phone.md). `sip_address` (wss://…), `sip_domain` and `ice_servers` are for
    softphones. Health and `capabilities` (the commands its connection can do) are written by the phone process only;
    `heard_at` is the last signal.
    """

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    dialect = models.CharField(max_length=12, choices=Dialect.choices)
    host = models.CharField(max_length=255, blank=True, default="")
    port = models.IntegerField(null=True, blank=True)
    username = models.CharField(max_length=120, blank=True, default="")
    secret = models.TextField(blank=True, default="")
    keys: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    control_address = models.CharField(max_length=2000, blank=True, default="")
    recording_address = models.CharField(max_length=2000, blank=True, default="")
    allowed_networks: models.JSONField[list[str]] = models.JSONField(default=list)
    settings: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    sip_address = models.CharField(max_length=255, blank=True, default="")
    sip_domain = models.CharField(max_length=255, blank=True, default="")
    ice_servers: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    health = models.CharField(max_length=12, choices=Health.choices, default=Health.OFF)
    health_words = models.TextField(blank=True, default="")
    connected_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    capabilities: models.JSONField[list[str]] = models.JSONField(default=list)
    version = models.IntegerField(default=1)


class ExtensionKind(models.TextChoices):
    """A desk phone (or anything that is not ours) is driven through the system; a softphone lives in the page."""

    DESK_PHONE = "desk_phone"
    SOFTPHONE = "softphone"


class Extension(models.Model):
    """An extension (分机) of a system: letters and digits, upper case. `staff` is whose it is for good; None: free for
    whoever signs in. `secret` is the softphone's SIP password, sealed. `channel` is how the system dials it, if that
    is not the system's usual way (PJSIP/801, user/801)."""

    system = models.ForeignKey(TelephoneSystem, models.CASCADE, related_name="extensions")
    number = models.CharField(max_length=32)
    kind = models.CharField(max_length=12, choices=ExtensionKind.choices, default=ExtensionKind.DESK_PHONE)
    channel = models.CharField(max_length=120, blank=True, default="")
    secret = models.TextField(blank=True, default="")
    staff = models.ForeignKey(
        "staff.Staff", models.SET_NULL, null=True, blank=True, related_name="extensions"
    )
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint("system", "number", name="extension_once")]


class CallQueue(models.Model):
    """A queue of a system, met in a signal or set up by hand. `service_seconds` is the X of its service level."""

    system = models.ForeignKey(TelephoneSystem, models.CASCADE, related_name="queues")
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=120, blank=True, default="")
    service_seconds = models.IntegerField(default=20)

    class Meta:
        constraints = [models.UniqueConstraint("system", "name", name="call_queue_once")]


class Line(models.Model):
    """A number that customers dial. `choices` says what its voice menu's digits mean: {"2": {"label": "报修",
    "category": "repair"}}; `category` (a code) is what to begin a ticket with when nothing was pressed."""

    number = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    category = models.CharField(max_length=64, blank=True, default="")
    choices: models.JSONField[dict[str, dict[str, str]]] = models.JSONField(default=dict)


class BreakReason(models.Model):
    """Why somebody takes a break (小休): meal, training, …"""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=60)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)


class LineSettings(models.Model):
    """How the line is run: one row. Seconds and days; `daily_target` is calls answered per person and day (D4: 70),
    `long_call_seconds` the five minutes of common questions, `short_abandon_seconds` below which a hang-up does not
    count as abandoned, `merge_days` within which missed calls of one number are one callback task."""

    wrap_up_seconds = models.IntegerField(default=30)
    daily_target = models.IntegerField(default=70)
    long_call_seconds = models.IntegerField(default=300)
    short_abandon_seconds = models.IntegerField(default=5)
    repeat_days = models.IntegerField(default=7)
    repeat_calls = models.IntegerField(default=2)
    merge_days = models.IntegerField(default=2)
    recording_days = models.IntegerField(default=180)
    signal_days = models.IntegerField(default=90)
    disposition_required = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="line_settings_one_row")]
