"""With many customers, every way of finding one is an index read (EXPLAIN says so)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdan.core.customers import find
from gongdan.core.customers.models import Customer
from gongdan.core.customers.terms import kept_of

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "建国志强丽娜海燕晓明文静永康思源天宇佳琪"
MANY = 8_000


@pytest.fixture
def crowd(db: None) -> None:
    """Rows, not verbs: what is tested is the plan, and eight thousand verbs would take minutes."""
    rows = []
    for number in range(MANY):
        name = SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20]
        kept = kept_of(name)
        rows.append(
            Customer(
                name=name,
                folded=kept.folded,
                initials=kept.initials,
                search_terms=kept.terms,
                external_id=f"X{number}",
            )
        )
    Customer.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO customers_contact (customer_id, kind, value, label, e164, extension, reversed, folded, "primary") '
            "SELECT id, 'phone', '139' || lpad(id::text, 8, '0'), '', '+86139' || lpad(id::text, 8, '0'), '', "
            "reverse('86139' || lpad(id::text, 8, '0')), '', true FROM customers_customer"
        )
        cursor.execute(
            "INSERT INTO customers_subscriber (customer_id, number, e164, reversed, product, address, status) "
            "SELECT id, 'L' || id, '+86755' || lpad(id::text, 8, '0'), reverse('86755' || lpad(id::text, 8, '0')), "
            "'', '', 'active' FROM customers_customer"
        )
        cursor.execute(
            "INSERT INTO customers_account (customer_id, number, name, status) "
            "SELECT id, 'A' || id, '', 'active' FROM customers_customer"
        )
        cursor.execute(
            "ANALYZE customers_customer, customers_contact, customers_subscriber, customers_account"
        )


def plans_of(look: Callable[[str], Any], text: str) -> str:
    """The plans of every query that looking for `text` sends."""
    with CaptureQueriesContext(connection) as captured:
        look(text)
    plans = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute("EXPLAIN " + query["sql"])
            plans += [row[0] for row in cursor.fetchall()]
    return "\n".join(plans)


def test_no_search_reads_a_whole_table(crowd: None) -> None:
    searches = {
        "建国": "customer_terms",
        "李建国": "customer_terms",
        "ljg": "customer_terms",
        "13900000042": "customers_contact_e164",
        "0042": "contact_reversed",
        "000042": "subscriber_reversed",
        "X42": "customers_customer_external_id",
    }
    for text, index in searches.items():
        plan = plans_of(find.search, text)
        assert index in plan, f"{text}\n{plan}"
        assert "Seq Scan" not in plan, f"{text}\n{plan}"


def test_no_match_of_a_number_reads_a_whole_table(crowd: None) -> None:
    for text in ("13900000042", "0755-00000042", "65529988", "95598"):
        plan = plans_of(find.customers_by_number, text)
        assert "Seq Scan" not in plan, f"{text}\n{plan}"
        assert "contact_reversed" in plan or "customers_contact_e164" in plan, plan
