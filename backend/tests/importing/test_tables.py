"""Tables of every make are read alike: encodings, delimiters, CSV and XLSX; times as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from gongdan.channels.importing.rejects import Rejects
from gongdan.channels.importing.tables import Row, open_table
from gongdan.channels.importing.times import moment
from gongdan.kernel.errors import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROWS = [["编号", "内容"], ["1", "有，逗号"], ["2", "两\n行"]]


def read(path: Path, **options: str) -> list[list[str]]:
    with open_table(path, **options) as table:
        return [list(table.columns), *[[str(cell) for cell in row.cells] for row in table.rows]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_and_delimiter_are_found_out(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    path = tmp_path / "t.csv"
    lines = [
        delimiter.join(["编号", "内容"]),
        delimiter.join(["1", "有，逗号"]),
        delimiter.join(["2", '"两\n行"']),
    ]
    path.write_bytes((end.join(lines) + end).encode(encoding))
    assert read(path) == ROWS


def test_only_line_ends_part_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,x\u2028y\x0bz\x85\n", encoding="utf-8")
    assert read(path) == [["a", "b"], ["1", "x\u2028y\x0bz\x85"]]


def test_a_spreadsheet_is_read_as_people_see_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for written in (
        ["编号", "数", "时间", "日", "是"],
        [7, 2.0, datetime(2020, 1, 2, 3, 4), date(2020, 1, 2), True],
        [None] * 5,
    ):
        sheet.append(written)
    book.create_sheet("第二").append(["x"])
    path = tmp_path / "t.xlsx"
    book.save(path)
    with open_table(path) as table:
        (row,) = table.rows
        assert row.number == 2
        assert row.cells[:2] == ["7", "2"]
        assert row.cells[2:4] == [datetime(2020, 1, 2, 3, 4), datetime(2020, 1, 2)]
        assert row.cells[4] == "1"
        assert table.done() == 1.0
    assert read(path, sheet="第二") == [["x"]]
    with pytest.raises(Invalid, match="第二"):
        read(path, sheet="第三")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.csv", b"", "empty"),
        ("t.csv", b"a,a\n1,2\n", "two columns"),
        ("t.csv", b"\xff\xff\xff\x00", "neither"),
        ("t.xlsx", b"no zip", "no XLSX"),
        ("t.xls", b"old", "save the table"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Invalid, match=words):
        read(path)
    with pytest.raises(Invalid, match="no file"):
        read(tmp_path / "missing.csv")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2020-01-02T03:04:05", "2020-01-02T03:04:05+08:00"),
        ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05+00:00"),
        ("2020-01-02 03:04:05.678+0100", "2020-01-02T03:04:05+01:00"),
        ("2020/1/2 3:04", "2020-01-02T03:04:00+08:00"),
        ("2020.1.2", "2020-01-02T00:00:00+08:00"),
        ("2020年1月2日 3时04分", "2020-01-02T03:04:00+08:00"),
        ("2020年1月2日", "2020-01-02T00:00:00+08:00"),
        ("20200102 030405", None),
        ("2020-13-02", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_times_as_people_write_them(text: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(ValueError, match=r".+"):
            moment(text, SHANGHAI)
    else:
        assert moment(text, SHANGHAI) == datetime.fromisoformat(meant)


def test_a_form_of_ones_own_decides() -> None:
    assert moment("02.01.2020 03h", UTC, "%d.%m.%Y %Hh") == datetime(2020, 1, 2, 3, tzinfo=UTC)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_every_iso_time_is_read_back(at: datetime, minutes: int) -> None:
    at = at.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert moment(at.isoformat(), SHANGHAI) == at
    assert moment(at.isoformat(sep=" "), SHANGHAI) == at


def test_rejected_rows_keep_every_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.rejected.csv"
    with Rejects(path, ("a", "_reason", "b")) as rejects:
        rejects.add(Row(2, ["1", "old", "2", "beyond"]), "why")
        rejects.add(Row(3, ["1"]), "why")
    assert read(path)[1:] == [["2", "why", "1", "2", "beyond"], ["3", "why", "1", ""]]
