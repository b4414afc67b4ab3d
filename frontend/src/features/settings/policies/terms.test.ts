import { beforeAll, describe, expect, it } from 'vitest'
import type { Terms } from '@/api/policies'
import { speak } from '@/lib/i18n'
import { byPart, diffTerms } from './lib/diff'
import { moved, turned, unreached } from './lib/order'
import { findingsAt, findingsWithin } from './lib/place'
import { copyOf, freshNode, freshTerms, orderedTerms, sameTerms, sentTerms } from './lib/terms'
import { countedWords, factWords, glanceOf, limitWords, minutesWords, rungWords } from './lib/words'

const told = { what: 'notify' as const, whom: 'head' }
function changed(change: (terms: Terms) => void): Terms {
  const terms = freshTerms()
  change(terms)
  return terms
}

describe('terms', () => {
  it('are sent without a hearer where nobody is told, and without a length at the limit', () => {
    const terms = changed((one) => one.process!.ladder.push({ when: 'at', amount: 3, unit: 'hours', do: [{ what: 'urge', whom: 'head' }] }))
    expect(sentTerms(terms).process!.ladder).toEqual([{ when: 'at', amount: 0, unit: 'minutes', do: [{ what: 'urge', whom: null }] }])
    expect(terms.process!.ladder[0]!.amount).toBe(3)
  })

  it('keep their places when they are checked and are put in order when they are kept', () => {
    const terms = changed((one) => {
      one.process!.yellow = [{ amount: 30, unit: 'minutes' }, { amount: 50, unit: 'percent' }]
      one.process!.ladder = [{ when: 'after', amount: 1, unit: 'hours', do: [told] }, { when: 'before', amount: 1, unit: 'hours', do: [told] }]
    })
    expect(sentTerms(terms).process!.ladder.map((rung) => rung.when)).toEqual(['after', 'before'])
    expect(orderedTerms(terms).process!.ladder.map((rung) => rung.when)).toEqual(['before', 'after'])
    expect(orderedTerms(terms).process!.yellow.map((lead) => lead.unit)).toEqual(['percent', 'minutes'])
  })

  it('are the same whatever the order of keys and steps', () => {
    const a = changed((one) => { one.process!.pauses = ['customer', 'pause'] })
    const b = JSON.parse(JSON.stringify(freshTerms(), ['extension', 'process', 'first_response', 'next_response', 'callback', 'every_node', 'nodes', 'when', 'calendar', 'unit', 'amount', 'working', 'yellow', 'ladder', 'pauses', 'until', 'decided_by', 'most', 'longest_unit', 'longest_amount'])) as Terms
    expect(sameTerms(a, b)).toBe(true)
    expect(sameTerms(a, changed((one) => { one.process!.amount = 3 }))).toBe(false)
  })
})

describe('the difference between two versions', () => {
  it('is nothing between equals', () => expect(diffTerms(freshTerms(), copyOf(freshTerms()))).toEqual([]))

  it('names what changed, came and went, part by part', () => {
    const after = changed((one) => {
      one.when = 'kind is complaint'
      one.process!.amount = 48
      one.process!.unit = 'hours'
      one.process!.yellow = [{ amount: 2, unit: 'hours' }]
      one.process!.ladder.push({ when: 'after', amount: 1, unit: 'hours', do: [told] })
      one.first_response = null
      one.nodes.push(freshNode('complaint', 'verify'))
    })
    const found = byPart(diffTerms(freshTerms(), after))
    expect(found.map(({ part }) => part.name)).toEqual(['when', 'process', 'node', 'first_response'])
    const process = found[1]!.changes
    expect(process.map((one) => [one.before?.about, one.after?.about])).toEqual([['limit', 'limit'], [undefined, 'yellow'], [undefined, 'rung'], ['yellow', undefined]])
    expect(found[2]!.changes.every((one) => one.before === null)).toBe(true)
    expect(found[3]!.changes.every((one) => one.after === null)).toBe(true)
  })

  it('sees another deed at the same moment as a change of that step', () => {
    const step = (what: 'urge' | 'supervise'): Terms => changed((one) => one.process!.ladder.push({ when: 'at', amount: 0, unit: 'minutes', do: [{ what, whom: null }] }))
    expect(diffTerms(step('urge'), step('supervise'))).toMatchObject([{ before: { about: 'rung' }, after: { about: 'rung' } }])
  })

  it('of no former version is everything', () => expect(diffTerms(null, freshTerms()).every((one) => one.before === null)).toBe(true))
})

describe('words', () => {
  beforeAll(() => speak('zh-Hans'))
  const role = (code: string): string => (code === 'duty' ? '值班长' : code)

  it('of limits', () => {
    expect(limitWords({ amount: 48, unit: 'hours', working: false })).toBe('48小时')
    expect(limitWords({ amount: 2, unit: 'days', working: true })).toBe('2工作日')
    expect(glanceOf(freshTerms()).map((one) => `${one.name} ${one.words}`)).toEqual(['全程 2工作日', '首次响应 30工作分钟'])
  })
  it('of steps', () => {
    expect(rungWords({ when: 'after', amount: 1, unit: 'hours', do: [{ what: 'notify', whom: 'role:duty' }, { what: 'supervise', whom: null }] }, false, role)).toBe('限后 1小时：通知值班长、督办')
    expect(rungWords({ when: 'at', amount: 0, unit: 'minutes', do: [{ what: 'urge', whom: null }] }, true, role)).toBe('到限时：催办')
  })
  it('of spans', () => {
    expect(minutesWords(960 + 30, 480, true)).toBe('2工作日30分钟')
    expect(minutesWords(0, 1440, false)).toBe('0分钟')
    expect(countedWords(48 * 3600)).toBe('48小时')
    expect(countedWords(null)).toBe('无')
  })
  it('of every kind of fact', () => {
    const words = { value: (_: string, one: unknown) => String(one), role, calendar: (code: string) => code || '部门日历' }
    const said = diffTerms(null, freshTerms()).map((one) => factWords(one.after!, words, one.working))
    expect(said.slice(0, 4)).toEqual(['所有工单', '部门日历', '2工作日', '停表：等待客户时、工单暂停时'])
    expect(said).toContain('限前 20%发黄牌')
    expect(said).toContain('最多 2 次，每次最多 2工作日，由有延期审批权限的人决定')
  })
})

describe('findings', () => {
  const finding = (field: string) => ({ field, code: 'zero_limit', detail: '', place: '' })
  const all = [finding('process.yellow[0].amount'), finding('nodes[12].node'), finding('')]
  it('are met at their place and counted above it', () => {
    expect(findingsAt(all, 'process.yellow.0', ['amount'])).toHaveLength(1)
    expect(findingsAt(all, 'process.yellow.1', ['amount'])).toHaveLength(0)
    expect(findingsWithin(all, 'process')).toHaveLength(1)
    expect(findingsWithin(all, 'nodes.1')).toHaveLength(0)
    expect(findingsWithin(all, 'nodes.12')).toHaveLength(1)
    expect(findingsAt(all, '')).toHaveLength(1)
  })
})

describe('the list', () => {
  const line = (code: string, active: boolean, when = '') => ({ code, names: {}, active, position: 0, number: 1, version: 1, terms: { ...freshTerms(), when } })
  it('moves one and keeps the others in their order', () => {
    expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
  })
  it('knows which switches were turned', () => {
    expect(turned([line('a', true), line('b', true)], { a: false, b: true }).map((one) => one.code)).toEqual(['a'])
  })
  it('says which are never reached behind one that holds for every ticket', () => {
    const lines = [line('off', false), line('some', true, 'kind is repair'), line('all', true), line('late', true, 'kind is complaint'), line('unused', false)]
    expect([...unreached(lines, {})].map(([code, before]) => `${code} ${before.code}`)).toEqual(['late all'])
    expect([...unreached(lines, { off: true }).keys()]).toEqual(['some', 'all', 'late'])
    expect(unreached(lines, { all: false }).size).toBe(0)
  })
})
