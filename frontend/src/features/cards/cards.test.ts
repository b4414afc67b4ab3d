import { flushPromises, mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Card } from '@/api/cards'
import { i18n, speak } from '@/lib/i18n'
import CardActs from './CardActs.vue'
import CardList from './CardList.vue'
import { isNarrowed, queryOf, summaryOf, toggled } from './filters'
import { aboutOf, liableOf } from './words'

const global = { plugins: [i18n], stubs: { RouterLink: true } }
beforeAll(() => speak('zh-Hans'))

const card = (more: Partial<Card> = {}): Card => ({
  id: 5, colour: 'yellow', state: 'issued', clock_kind: 'node', node: 'verify', node_title: { 'zh-Hans': '核实' }, step: 1, department: { id: 2, name: '网络部' }, staff: { id: 3, name: '赵强' },
  due_at: '2026-11-22T01:00:00Z', issued_at: '2026-11-22T01:00:01Z', acknowledged_by: null, acknowledged_at: null, appealed_by: null, appealed_at: null, appeal_reason: '', decided_by: null,
  decided_at: null, decision_reason: '', actions: ['acknowledge_card', 'appeal_card'], ...more,
})

describe('filters in the address', () => {
  it('show what stands unless a state is asked for', () => {
    expect(queryOf({})).toEqual({ standing: 'true' })
    expect(queryOf({ state: 'all' })).toEqual({})
    expect(queryOf({ state: 'appealed', colour: 'red', other: 'x' })).toEqual({ state: 'appealed', colour: 'red' })
  })
  it('hold the whole last day', () => {
    const filters = queryOf({ since: '2026-11-01', until: '2026-11-01' })
    expect(Date.parse(String(filters.until)) - Date.parse(String(filters.since))).toBe(86_400_000)
  })
  it('count both colours and the withdrawn ones whatever is chosen', () => {
    expect(summaryOf(queryOf({ colour: 'red', department: '4' }))).toEqual({ department: '4' })
    expect(summaryOf(queryOf({ state: 'withdrawn' }))).toEqual({})
    expect(summaryOf(queryOf({ state: 'appealed' }))).toEqual({ state: 'appealed' })
  })
  it('are taken back by choosing them again', () => {
    expect(toggled({}, 'department', 4)).toEqual({ department: '4' })
    expect(toggled({ department: '4' }, 'department', 4)).toEqual({ department: undefined })
    expect([isNarrowed({}), isNarrowed({ mine: 'true' })]).toEqual([false, true])
  })
})

describe('a card in words', () => {
  it('names its limit', () => {
    expect(aboutOf(card())).toBe('环节「核实」')
    expect(aboutOf(card({ clock_kind: 'process', node: '' }))).toBe('全程')
  })
  it('names the person, else the department, else nobody', () => {
    expect([liableOf(card()), liableOf(card({ staff: null })), liableOf(card({ staff: null, department: null }))]).toEqual(['赵强', '网络部', '无责任人'])
  })
})

describe('what may be done about a card', () => {
  it('is what the server offers and nothing else', () => {
    const shown = mount(CardActs, { props: { card: card(), number: '1' }, global })
    expect(shown.findAll('button').map((one) => one.text())).toEqual(['确认', '申诉'])
    expect(mount(CardActs, { props: { card: card({ actions: [] }), number: '1' }, global }).find('button').exists()).toBe(false)
  })
  it('acknowledges at once', async () => {
    const perform = vi.fn().mockResolvedValue({})
    const shown = mount(CardActs, { props: { card: card(), number: '1', perform }, global })
    await shown.findAll('button')[0]!.trigger('click')
    await flushPromises()
    expect(perform).toHaveBeenCalledWith('acknowledge_card', { card: 5 }, expect.any(String))
    expect(shown.emitted('done')).toEqual([['acknowledge_card']])
  })
  it('appeals with a reason only, and keeps what was typed when refused', async () => {
    const perform = vi.fn().mockRejectedValueOnce(new Error('不行')).mockResolvedValue({})
    const shown = mount(CardActs, { props: { card: card(), number: '1', perform }, global })
    await shown.findAll('button')[1]!.trigger('click')
    await flushPromises()
    await shown.find('form').trigger('submit')
    expect(perform).not.toHaveBeenCalled()
    expect(shown.text()).toContain('请填写')
    await shown.find('textarea').setValue(' 客户不在家 ')
    await shown.find('form').trigger('submit')
    await flushPromises()
    expect(shown.find('[role="alert"]').text()).toContain('不行')
    expect((shown.find('textarea').element as HTMLTextAreaElement).value).toBe(' 客户不在家 ')
    await shown.find('form').trigger('submit')
    await flushPromises()
    expect(perform).toHaveBeenLastCalledWith('appeal_card', { card: 5, reason: '客户不在家' }, expect.any(String))
  })
})

describe('the cards of a ticket', () => {
  it('show those that stand first, and lie open where they ask for something', () => {
    const shown = mount(CardList, { props: { cards: [card({ id: 9, state: 'withdrawn', actions: [] }), card({ id: 8, colour: 'red' })], number: '1' }, global })
    const lines = shown.findAll('.line')
    expect(lines.map((one) => one.attributes('aria-expanded'))).toEqual(['true', 'false'])
    expect(lines[0]!.text()).toContain('红牌')
  })
})
