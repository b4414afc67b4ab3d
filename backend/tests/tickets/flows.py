"""The flows that tests of tickets run on: small, and between them every kind of node."""

COMPLAINT = """
flow: complaint
title: {zh-Hans: 投诉, en: Complaint, zh-Hant: 投訴}
limit: 2 days
nodes:
  intake: {kind: start}
  verify:
    kind: task
    title: {zh-Hans: 核实, en: Verify, zh-Hant: 核實}
    handled_by: department of category
    limit: 4 hours
    fields: {facts: required}
    outcomes: [valid, not_ours]
  judge: {kind: decision}
  handle: {kind: task, title: {zh-Hans: 处理, en: Handle, zh-Hant: 處理}, handled_by: department of category}
  approve: {kind: approval, handled_by: role head}
  callback: {kind: callback, handled_by: role callback, sample: always, tries: 2, retry_after: 2 hours}
  done: {kind: end}
edges:
  - intake -> verify -> judge
  - judge -> intake: not_ours
  - judge -> handle: otherwise
  - handle -> approve
  - approve -> callback: approved
  - approve -> handle: refused
  - callback -> verify: dissatisfied, to another reviewer
  - callback -> done: otherwise
"""

CONSULTATION = """
flow: consultation
title: {zh-Hans: 咨询, en: Consultation, zh-Hant: 諮詢}
nodes:
  intake: {kind: start}
  answer: {kind: task, handled_by: department of category}
  callback: {kind: callback, handled_by: role callback}
  done: {kind: end}
edges:
  - intake -> answer -> callback
  - callback -> answer: dissatisfied
  - callback -> done: otherwise
"""

COMPENSATION = """
flow: compensation
title: {zh-Hans: 赔付, en: Compensation, zh-Hant: 賠付}
nodes:
  intake: {kind: start}
  solve: {kind: split}
  repair: {kind: task, handled_by: department field}
  refund: {kind: countersign, handled_by: role clerk, agree: 2 of 3}
  solved: {kind: join}
  finish: {kind: task, handled_by: department of category}
  done: {kind: end}
edges:
  - intake -> solve
  - solve -> repair
  - solve -> refund: amount over 0
  - repair, refund -> solved
  - solved -> finish -> done
"""
