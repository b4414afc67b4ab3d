"""Starts another program in place of itself, after giving up what that program must not have.

Promise: ``python launch.py [--user NAME] [--keep-reach] [--die-with PID SIGNAL] -- COMMAND...`` becomes COMMAND,
running as NAME, and on Linux receives SIGNAL when process PID, its parent, dies however it dies.
Runs as a plain script with nothing but the standard library, so that it costs a few milliseconds.
"""

import argparse
import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS, NO_SETUID_FIXUP = 28, 1 << 2
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _prctl(*arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:5]]
    if libc.prctl(*padded) != 0:
        raise OSError(ctypes.get_errno(), f"prctl{arguments}")


def _keep_only_reach() -> None:
    """Leave the process one privilege: to reach files below folders that only root may enter."""
    libc = ctypes.CDLL(None, use_errno=True)
    mask = 1 << CAP_DAC_OVERRIDE
    data = (_CapabilityData * 2)(_CapabilityData(mask, mask, mask), _CapabilityData(0, 0, 0))
    if libc.capset(ctypes.byref(_CapabilityHeader(CAPABILITY_VERSION_3, 0)), data) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE)


def _become(name: str, keep_reach: bool) -> None:
    entry = pwd.getpwnam(name)
    if keep_reach:
        # Keeps the privilege through setuid, and makes access() count it, which initdb asks.
        _prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    if keep_reach:
        _keep_only_reach()
    os.environ.update(HOME=entry.pw_dir, USER=name, LOGNAME=name)


def die_with_parent() -> None:
    """Linux: SIGKILL this process as soon as its parent is gone. Elsewhere: nothing."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Read the command line, change into what it asks for, and exec."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--user")
    parser.add_argument("--keep-reach", action="store_true")
    parser.add_argument("--die-with", type=int, nargs=2, metavar=("PID", "SIGNAL"))
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    if options.user:
        _become(options.user, options.keep_reach)
    if options.die_with and sys.platform == "linux":
        parent, signal_number = options.die_with
        _prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:  # it died before the line above
            raise SystemExit(1)
    os.execv(options.command[0], options.command)  # noqa: S606  replacing ourselves is the point


if __name__ == "__main__":
    main()
