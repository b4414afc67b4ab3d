import { beforeAll, describe, expect, it } from 'vitest'
import { speak } from '@/lib/i18n'
import { parse, testsOf } from './lib/condition'
import { ConditionError } from './lib/cut'
import { conditionWords } from './lib/words'

const slip = (text: string): [string, number] | null => {
  try { parse(text); return null } catch (reason) { return reason instanceof ConditionError ? [reason.code, reason.position] : null }
}

describe('a condition', () => {
  it.each([
    'kind is complaint', 'kind in (complaint, repair)', 'kind in（complaint、repair）', 'priority at least 3 and not (channel is phone or channel is not web_form)',
    'amount between 1 and 5.5', 'day between 2026-01-01 and 2026-12-31', 'subject does not contain "宽带"', 'contract is not empty', 'outcome of verify is yes', 'category starts with 网络', 'urged is true',
  ])('%s is read', (text) => expect(slip(text)).toBeNull())

  it.each<[string, string, number]>([
    ['kind', 'no_comparison', 4],
    ['kind is', 'no_value', 7],
    ['kind is and', 'no_value', 8],
    ['(kind is a', 'open_bracket', 10],
    ['kind is a channel is b', 'unexpected', 10],
    ['kind in (a, b', 'open_bracket', 13],
    ['priority over high', 'no_order', 14],
    ['amount between 1 and 2026-01-01', 'no_order', 21],
    ['subject is "a', 'open_quote', 11],
    ['day is 2026-02-30', 'bad_date', 7],
    ['kind = a', 'bad_character', 5],
    ['and', 'no_name', 0],
    [`${'('.repeat(50)}a is b${')'.repeat(50)}`, 'too_deep', 41],
  ])('%s is a slip with its place', (text, code, position) => expect(slip(text)).toEqual([code, position]))

  it('names the facts it looks at', () => {
    expect(testsOf(parse('kind is a and not (amount over 3 or outcome of verify is yes)')).map((test) => test.name)).toEqual(['kind', 'amount', 'verify.outcome'])
  })
})

describe('a condition in words', () => {
  beforeAll(() => speak('zh-Hans'))
  const value = (fact: string, one: unknown): string => (fact === 'kind' && one === 'complaint' ? '投诉' : String(one))

  it.each([
    ['', '所有工单'],
    ['kind is complaint', '工单类型是投诉'],
    ['kind in (complaint, repair) and priority at least 3', '工单类型是投诉、repair之一，且优先级不小于 3'],
    ['kind is not complaint', '工单类型不是投诉'],
    ['channel is phone and (kind is complaint or contract is not empty)', '来源是phone，且（工单类型是投诉，或合同不为空）'],
    ['not (kind is complaint and priority over 2)', '不满足（工单类型是投诉，且优先级大于 2）'],
    ['amount between 1 and 5', 'amount在 1 与 5 之间'],
    ['kind is', 'kind is'],
  ])('%s', (text, words) => expect(conditionWords(text, value)).toBe(words))
})
