/** What a new flow's document begins with: sound, and short enough to be read at once. */
export const newDocument = (code: string): string => `# One line that says what this flow is for.
flow: ${code}
title: {zh-Hans: ${code}, en: ${code}}
limit: 2 working days

nodes:
  intake: {kind: start}
  handle:
    kind: task
    title: {zh-Hans: 处理, en: Handle, zh-Hant: 處理}
    handled_by: department of category
    limit: {time: 1 working day, yellow: 2 working hours before}
  done: {kind: end}

edges:
  - intake -> handle -> done
`
