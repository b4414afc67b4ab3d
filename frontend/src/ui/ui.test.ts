import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { FieldDefinition, FieldType } from '@/lib/fields'
import { i18n, speak } from '@/lib/i18n'
import { categoryLines, findCategories } from './categories'
import Combobox from './Combobox.vue'
import FieldForm from './FieldForm.vue'
import FieldInput from './FieldInput.vue'
import FieldValue from './FieldValue.vue'
import CardMark from './CardMark.vue'
import RecordingPlayer from './RecordingPlayer.vue'
import { lookupsKey, type Lookups } from './lookups'
import TimeLeft from './TimeLeft.vue'

const lookups: Lookups = {
  staff: async () => [{ id: 3, name: '赵强' }],
  departments: async () => [],
  teams: async () => [],
  categories: async () => [],
  upload: async (file) => ({ id: 1, name: file.name, size: file.size, content_type: file.type }),
  attachmentUrl: (id) => `/api/v1/attachments/${id}`,
  recordingUrl: (callId, id) => `/api/v1/calls/${callId}/recordings/${id}/audio`,
}
const global = { plugins: [i18n], provide: { [lookupsKey as symbol]: lookups } }
beforeAll(() => speak('zh-Hans'))

const choices = [{ code: 'a', label: { 'zh-Hans': '甲' } }, { code: 'b', label: '乙', children: [{ code: 'b1', label: '乙一' }] }]
const field = (type: FieldType, more: Partial<FieldDefinition> = {}): FieldDefinition => ({ code: 'f', type, label: '字段', choices, ...more })
const types: FieldType[] = ['text', 'long_text', 'number', 'money', 'date', 'datetime', 'choice', 'multi_choice', 'cascade', 'person', 'phone', 'email', 'address', 'attachment', 'boolean']

describe('own fields', () => {
  it.each(types)('%s can be entered', (type) => {
    const shown = mount(FieldInput, { props: { field: field(type), modelValue: null }, global })
    expect(shown.find('input, textarea, [role="switch"]').exists()).toBe(true)
  })
  it('typing text gives text', async () => {
    const shown = mount(FieldInput, { props: { field: field('text'), modelValue: '' }, global })
    await shown.find('input').setValue('断纤')
    expect(shown.emitted('update:modelValue')?.at(-1)).toEqual(['断纤'])
  })
  it('money keeps figures only, as text', async () => {
    const shown = mount(FieldInput, { props: { field: field('money'), modelValue: null }, global })
    await shown.find('input').setValue('¥1,200.50')
    expect(shown.emitted('update:modelValue')?.at(-1)).toEqual(['1200.50'])
  })
  it('an address is given in parts', async () => {
    const shown = mount(FieldInput, { props: { field: field('address'), modelValue: { city: '石家庄' } }, global })
    await shown.findAll('input')[3]!.setValue('长安区 1 号')
    expect(shown.emitted('update:modelValue')?.at(-1)).toEqual([{ city: '石家庄', detail: '长安区 1 号' }])
  })
  it.each([
    ['choice', 'a', '甲'], ['multi_choice', ['a', 'b'], '甲、乙'], ['cascade', ['b', 'b1'], '乙 › 乙一'], ['boolean', true, '是'], ['boolean', false, '否'],
    ['text', '', '未填写'], ['address', { province: '河北', detail: '1 号' }, '河北1 号'], ['money', '12.50', '¥ 12.50'],
  ] as [FieldType, unknown, string][])('%s reads well', (type, value, words) => {
    expect(mount(FieldValue, { props: { field: field(type), value }, global }).text()).toBe(words)
  })
  it('a form leaves out what is hidden, shows what is read-only, and says what is wrong', () => {
    const fields = [field('text', { code: 'a', mode: 'hidden' }), field('text', { code: 'b', mode: 'read' }), field('text', { code: 'c', mode: 'required' })]
    const shown = mount(FieldForm, { props: { fields, modelValue: { b: '只读' }, errors: { c: '请填写' } }, global })
    expect(shown.findAll('input')).toHaveLength(1)
    expect(shown.text()).toContain('只读')
    expect(shown.find('[role="alert"]').text()).toBe('请填写')
  })
})

describe('the field that answers', () => {
  it('takes the first answer on ⏎ and others with the arrows', async () => {
    const choose = vi.fn()
    const shown = mount(Combobox, { props: { items: ['一', '二'], modelValue: 'x', label: '选', onChoose: choose }, global, attachTo: document.body })
    const input = shown.find('input')
    await input.trigger('focus')
    await input.trigger('keydown', { key: 'Enter' })
    expect(choose).toHaveBeenLastCalledWith('一')
    await input.trigger('keydown', { key: 'ArrowDown' })
    await input.trigger('keydown', { key: 'Enter' })
    expect(choose).toHaveBeenLastCalledWith('二')
    shown.unmount()
  })
})

describe('time left', () => {
  const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()
  const shown = (props: Record<string, unknown>) => { const one = mount(TimeLeft, { props, global }); return [one.find('.left').classes()[1], one.text()] }
  it.each([
    [{ due: inMinutes(240.5), warn: inMinutes(60) }, 'normal', '剩 4小时'], [{ due: inMinutes(240.5), warn: inMinutes(-1) }, 'soon', '剩 4小时'],
    [{ due: inMinutes(-15.5) }, 'late', '超时 15分'], [{ due: inMinutes(-15), paused: 'customer' }, 'paused', '等待客户'],
    [{ due: inMinutes(0), ended: inMinutes(-60) }, 'met', '按时完成'], [{ due: inMinutes(-90), ended: inMinutes(-60) }, 'missed', '迟 30分'], [{ ended: inMinutes(-1) }, 'over', '已结束'],
  ])('%j is %s: %s', (props, look, words) => expect(shown(props)).toEqual([look, words]))
})

describe('a card', () => {
  it('has a word for who cannot see it, unless the word stands beside it', () => {
    expect(mount(CardMark, { props: { colour: 'red' }, global }).text()).toBe('红牌')
    expect(mount(CardMark, { props: { colour: 'red', silent: true }, global }).text()).toBe('')
    expect(mount(CardMark, { props: { colour: '' }, global }).find('svg').exists()).toBe(false)
  })
})

describe('categories', () => {
  const one = (id: number, name: string, parent: number | null, initials: string) => ({ id, code: `c${id}`, name, parent, initials, kind: null, priority: null })
  const lines = categoryLines([one(1, '投诉', null, 'ts'), one(2, '宽带', 1, 'kd'), one(3, '装维服务', 2, 'zwfw'), one(4, '咨询', null, 'zx')])
  it('know their way from the root', () => expect(lines.find((line) => line.id === 3)?.trail).toBe('投诉 › 宽带'))
  it('know which have nothing below', () => expect(lines.filter((line) => line.leaf).map((line) => line.id)).toEqual([3, 4]))
  it('are found by two letters', () => expect(findCategories(lines, 'zw')[0]?.name).toBe('装维服务'))
  it('are found by letters of the way', () => expect(findCategories(lines, '投诉 zw')[0]?.name).toBe('装维服务'))
})

describe('a recording', () => {
  const recording = { id: 5, state: 'stored', seconds: 151, peaks: [10, 90, 40] }
  const shown = (more: object = {}, props: object = {}) => mount(RecordingPlayer, { props: { recording: { ...recording, ...more }, callId: 9, mayListen: true, mayDownload: false, ...props }, global })
  it.each([
    [{ state: 'awaited' }, {}, '录音待取回'], [{ state: 'failed', fault: 'no such file' }, {}, '录音没有取到'], [{ state: 'removed' }, {}, '保存期限已过'],
    [{}, { mayListen: false }, '有录音 02:31，您没有收听的权限'],
  ])('%j %j is said in words', (more, props, words) => {
    const one = shown(more, props)
    expect(one.text()).toContain(words)
    expect(one.find('audio').exists()).toBe(false)
  })
  it('fetches nothing before it is played, and is downloaded by right', () => {
    expect(shown().find('audio').attributes('src')).toBeUndefined()
    expect(shown().find('a').exists()).toBe(false)
    expect(shown({}, { mayDownload: true }).find('a').attributes('href')).toBe('/api/v1/calls/9/recordings/5/audio')
  })
  it('is sought by keys', async () => {
    const one = shown()
    await one.find('[role="slider"]').trigger('keydown', { key: 'PageUp' })
    await one.find('[role="slider"]').trigger('keydown', { key: 'ArrowRight' })
    expect(one.find('[role="slider"]').attributes('aria-valuetext')).toBe('00:35，共 02:31')
  })
})
