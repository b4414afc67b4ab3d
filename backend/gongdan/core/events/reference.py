"""What happens to flows, the catalogue, customers and policies."""

from __future__ import annotations

from gongdan.outbox.registry import EventType

FLOW_EVENTS = (
    EventType(
        "FlowPublished",
        "flow",
        "A new version of a flow was published; new tickets are pinned to it.",
        frozenset({"code", "number", "previous", "title"}),
        right="admin.flows",
    ),
)


def _reference(name: str, subject: str, right: str, doc: str, fields: str, optional: str = "") -> EventType:
    return EventType(name, subject, doc, frozenset(fields.split()), frozenset(optional.split()), right=right)


_SETTINGS = "names position kind flow entry_department default_priority callback_mode callback_rate"
CATALOGUE_EVENTS = (
    _reference(
        "CategoryCreated",
        "category",
        "admin.catalogue",
        "A category was made.",
        "code name parent",
        _SETTINGS,
    ),
    _reference(
        "CategoryChanged",
        "category",
        "admin.catalogue",
        "A category was changed, moved or (de)activated.",
        "code old new",
    ),
    _reference(
        "CategoryRemoved",
        "category",
        "admin.catalogue",
        "A category nothing referred to was removed.",
        "code name",
    ),
    _reference(
        "CategoryFormAdded",
        "category",
        "admin.catalogue",
        "A category got a new version of its form.",
        "code number form_version_id fields",
    ),
)
CUSTOMER_EVENTS = (
    _reference(
        "CustomerCreated",
        "customer",
        "customer.view",
        "A customer was recorded.",
        "name kind level customer_class",
        "parent_id external_id note fields contacts",
    ),
    _reference("CustomerChanged", "customer", "customer.view", "A customer's data were changed.", "old new"),
    _reference(
        "ContactAdded",
        "customer",
        "customer.view",
        "A way to reach a customer was added; numbers are masked.",
        "contact_id kind value label primary",
    ),
    _reference(
        "ContactRemoved",
        "customer",
        "customer.view",
        "A way to reach a customer was removed; numbers are masked.",
        "contact_id kind value label",
    ),
    _reference(
        "AccountAdded",
        "customer",
        "customer.view",
        "A customer got an account that pays.",
        "account_id number name status",
    ),
    _reference(
        "SubscriberAdded",
        "customer",
        "customer.view",
        "A customer got a subscriber that uses; numbers are masked.",
        "subscriber_id account_id number product status",
    ),
    _reference(
        "CustomerNumbersRevealed",
        "customer",
        "customer.view",
        "Somebody saw a customer's numbers in clear.",
        "contacts",
    ),
    _reference(
        "CustomerLevelCreated",
        "customer_level",
        "customer.view",
        "A level of customers was made.",
        "code name rank",
    ),
    _reference(
        "CustomerLevelChanged",
        "customer_level",
        "customer.view",
        "A level of customers was changed.",
        "code old new",
    ),
)
POLICY_EVENTS = (
    _reference(
        "PolicyCreated",
        "policy",
        "admin.policies",
        "A policy (时限策略) was made.",
        "code names position",
    ),
    _reference(
        "PolicyChanged", "policy", "admin.policies", "A policy was renamed or (de)activated.", "code old new"
    ),
    _reference(
        "PolicyPublished",
        "policy",
        "admin.policies",
        "A new version of a policy was published; new tickets are pinned to it.",
        "code number previous terms",
    ),
    _reference(
        "PoliciesOrdered",
        "policy_order",
        "admin.policies",
        "The policies were put in another order; the first that holds is a ticket's.",
        "old new",
    ),
)
