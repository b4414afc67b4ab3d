"""Attach: files that were uploaded become the ticket's."""

from __future__ import annotations

from gongdan.core.tickets import contracts
from gongdan.core.tickets.actions import write
from gongdan.core.tickets.actions.messages import ALWAYS
from gongdan.core.tickets.actions.registry import verb
from gongdan.core.tickets.actions.work import Work


@verb("attach", contracts.Attach, order=96, states=ALWAYS)
def attach(work: Work, args: contracts.Attach) -> None:
    write.attach(work, args.attachments)
    work.say("AttachmentsAdded", attachments=list(dict.fromkeys(args.attachments)))
