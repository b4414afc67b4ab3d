import { describe, expect, it } from 'vitest'
import { choicesFromText, choicesToText, definitionOf, draftOf, freeCode, problemsOf, type DraftField } from './designer'

const field = (more: Partial<DraftField>): DraftField => ({
  code: 'amount',
  type: 'text',
  label: { 'zh-Hans': '金额' },
  help: {},
  required: false,
  ...more,
})

describe('a draft of own fields', () => {
  it('accepts what is complete', () => {
    expect(problemsOf([field({}), field({ code: 'kind', type: 'choice', choices: [{ code: 'a', label: {} }] })])).toEqual([])
  })

  it('names what is missing, twice there or the wrong way round', () => {
    const problems = problemsOf([
      field({ code: '' }),
      field({ code: 'Ä' }),
      field({ label: { 'zh-Hans': ' ' } }),
      field({ type: 'choice', choices: [] , code: 'c' }),
      field({ type: 'number', minimum: 9, maximum: 10, code: 'n1' }),
      field({ type: 'number', minimum: 10, maximum: 9, code: 'n2' }),
      field({ type: 'date', minimum: '2026-12-01', maximum: '2026-01-01', code: 'd' }),
      field({}),
    ])
    expect(problems).toEqual([
      { at: 0, part: 'code', problem: 'missing' },
      { at: 1, part: 'code', problem: 'shape' },
      { at: 2, part: 'label', problem: 'missing' },
      { at: 3, part: 'choices', problem: 'missing' },
      { at: 5, part: 'range', problem: 'reversed' },
      { at: 6, part: 'range', problem: 'reversed' },
      { at: 7, part: 'code', problem: 'duplicate' },
    ])
  })

  it('gives new fields a code nobody has', () => {
    expect(freeCode('text', ['text', 'text_2'])).toBe('text_3')
  })
})

describe('what is sent', () => {
  it('leaves out what the type does not know and what is empty', () => {
    const sent = definitionOf(field({ type: 'phone', max_length: 9, minimum: 1, choices: [], help: { en: ' ' } }))
    expect(sent).toEqual({ code: 'amount', type: 'phone', label: { 'zh-Hans': '金额' } })
  })

  it('comes back as it was published', () => {
    const published = {
      code: 'area', type: 'cascade' as const, label: { 'zh-Hans': '区域' }, required: true,
      choices: [{ code: 'e', label: { 'zh-Hans': '城东' }, children: [{ code: 'x', label: { 'zh-Hans': '朝阳路' } }] }],
    }
    expect(definitionOf(draftOf(published))).toEqual(published)
  })
})

describe('choices written as lines', () => {
  const text = '城东\n  朝阳路 = cy\n  和平里\n城西'

  it('makes a cascade of indented lines and writes it back the same', () => {
    const choices = choicesFromText(text, 'zh-Hans')
    expect(choices.map((choice) => choice.code)).toEqual(['城东', '城西'])
    expect(choices[0]!.children!.map((choice) => choice.code)).toEqual(['cy', '和平里'])
    expect(choicesToText(choices, 'zh-Hans')).toBe(text)
  })

  it('keeps the names in other languages and the codes of choices that stay', () => {
    const before = [{ code: 'ont', label: { 'zh-Hans': '光猫', en: 'Modem' } }]
    expect(choicesFromText('光猫\n路由器', 'zh-Hans', before)).toEqual([
      { code: 'ont', label: { 'zh-Hans': '光猫', en: 'Modem' } },
      { code: '路由器', label: { 'zh-Hans': '路由器' } },
    ])
  })
})
