/** The rules of the form designer, without a screen: what a draft of own fields must satisfy before it is published. */
import type { Choice as SharedChoice, FieldDefinition, FieldType, Text } from '@/lib/fields'

export const fieldTypes: readonly FieldType[] = [
  'text', 'long_text', 'number', 'money', 'date', 'datetime', 'choice', 'multi_choice', 'cascade',
  'person', 'phone', 'email', 'address', 'attachment', 'boolean',
]

export interface Choice { code: string, label: Record<string, string>, active?: boolean, children?: Choice[] }

export interface DraftField {
  code: string
  type: FieldType
  label: Record<string, string>
  help: Record<string, string>
  required: boolean
  choices?: Choice[]
  min_length?: number | null
  max_length?: number | null
  minimum?: number | string | null
  maximum?: number | string | null
  decimals?: number | null
  max_items?: number | null
  pattern?: string | null
  currency?: string | null
  whole_path?: boolean
  default?: unknown
}

export type Setting = 'choices' | 'range' | 'decimals' | 'length' | 'pattern' | 'max_items' | 'whole_path' | 'currency'

const settingsByType: Partial<Record<FieldType, readonly Setting[]>> = {
  text: ['length', 'pattern'],
  long_text: ['length'],
  number: ['range', 'decimals'],
  money: ['range', 'decimals', 'currency'],
  date: ['range'],
  datetime: ['range'],
  choice: ['choices'],
  multi_choice: ['choices', 'max_items'],
  cascade: ['choices', 'whole_path'],
  attachment: ['max_items'],
}
export const settingsOf = (type: FieldType): readonly Setting[] => settingsByType[type] ?? []

export interface DraftProblem {
  at: number
  part: 'code' | 'label' | 'choices' | 'range' | 'length'
  problem: 'missing' | 'duplicate' | 'shape' | 'reversed'
}

const CODE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** A code that no other field has, in the form the server accepts. */
export function freeCode(type: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const code = number === 1 ? type : `${type}_${number}`
    if (!taken.includes(code)) return code
  }
}

const texts = (text: Text | null | undefined): Record<string, string> =>
  (typeof text === 'string' ? { 'zh-Hans': text } : { ...text })

function draftChoice(choice: SharedChoice): Choice {
  const { label, children, ...rest } = choice
  return { ...rest, label: texts(label), ...(children?.length ? { children: children.map(draftChoice) } : {}) }
}

/** A published definition, made ready to be changed. */
export function draftOf(field: FieldDefinition): DraftField {
  const { label, help, choices, ...rest } = field
  delete rest.mode
  return {
    ...rest, label: texts(label), help: texts(help), required: field.required ?? false,
    ...(choices ? { choices: choices.map(draftChoice) } : {}),
  }
}

const limits: readonly (keyof DraftField)[] = [
  'min_length', 'max_length', 'minimum', 'maximum', 'decimals', 'max_items', 'pattern', 'currency', 'whole_path',
]
const limitsByType = (type: FieldType): Set<string> => new Set(settingsOf(type).flatMap((setting) => {
  if (setting === 'range') return ['minimum', 'maximum']
  if (setting === 'length') return ['min_length', 'max_length']
  return [setting]
}))

/** What is sent: only what the type knows and what was filled in. */
export function definitionOf(field: DraftField): FieldDefinition {
  const known = limitsByType(field.type)
  const sent: Record<string, unknown> = { code: field.code.trim(), type: field.type, label: filled(field.label) }
  if (Object.keys(filled(field.help)).length) sent.help = filled(field.help)
  if (field.required) sent.required = true
  if (given(field.default)) sent.default = field.default
  if (known.has('choices')) sent.choices = field.choices ?? []
  for (const limit of limits) if (known.has(limit) && given(field[limit])) sent[limit] = field[limit]
  return sent as unknown as FieldDefinition
}

const filled = (text: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(text).filter(([, words]) => words.trim() !== ''))

export function problemsOf(fields: readonly DraftField[]): DraftProblem[] {
  return fields.flatMap((field, at) => [
    ...codeProblems(field, at, fields),
    ...labelProblems(field, at),
    ...choiceProblems(field, at),
    ...limitProblems(field, at),
  ])
}

function codeProblems(field: DraftField, at: number, all: readonly DraftField[]): DraftProblem[] {
  if (!field.code) return [{ at, part: 'code', problem: 'missing' }]
  if (!CODE.test(field.code)) return [{ at, part: 'code', problem: 'shape' }]
  const first = all.findIndex((other) => other.code === field.code)
  return first !== at ? [{ at, part: 'code', problem: 'duplicate' }] : []
}

function labelProblems(field: DraftField, at: number): DraftProblem[] {
  return Object.keys(filled(field.label)).length ? [] : [{ at, part: 'label', problem: 'missing' }]
}

function choiceProblems(field: DraftField, at: number): DraftProblem[] {
  if (!settingsOf(field.type).includes('choices')) return []
  const choices = field.choices ?? []
  if (choices.length === 0) return [{ at, part: 'choices', problem: 'missing' }]
  return hasTwins(choices) ? [{ at, part: 'choices', problem: 'duplicate' }] : []
}

function hasTwins(choices: readonly Choice[]): boolean {
  const codes = choices.map((choice) => choice.code)
  if (new Set(codes).size !== codes.length) return true
  return choices.some((choice) => hasTwins(choice.children ?? []))
}

function limitProblems(field: DraftField, at: number): DraftProblem[] {
  const known = settingsOf(field.type)
  const problems: DraftProblem[] = []
  if (known.includes('range') && isReversed(field.minimum, field.maximum)) problems.push({ at, part: 'range', problem: 'reversed' })
  if (!known.includes('length')) return problems
  if (given(field.max_length) && Number(field.max_length) < 1) problems.push({ at, part: 'length', problem: 'shape' })
  else if (isReversed(field.min_length, field.max_length)) problems.push({ at, part: 'length', problem: 'reversed' })
  return problems
}

const given = (value: unknown): boolean => value !== null && value !== undefined && value !== ''

/** Numbers compare as numbers, dates (ISO) as text. */
function isReversed(low: unknown, high: unknown): boolean {
  if (!given(low) || !given(high)) return false
  const [x, y] = [Number(low), Number(high)]
  return Number.isNaN(x) || Number.isNaN(y) ? String(low) > String(high) : x > y
}

/**
 * One choice per line, two spaces deeper for a child of the line above; an own code after "=".
 * A line that names a choice of `before` keeps its code and its names in the other languages.
 */
export function choicesFromText(text: string, locale: string, before: readonly Choice[] = []): Choice[] {
  const roots: Choice[] = []
  const path: { depth: number; choice: Choice }[] = []
  for (const line of text.split('\n')) {
    if (!line.trim()) continue
    const depth = line.length - line.trimStart().length
    const choice = choiceFromLine(line.trim(), locale, before)
    while (path.length && path.at(-1)!.depth >= depth) path.pop()
    const parent = path.at(-1)?.choice
    if (parent) (parent.children ??= []).push(choice)
    else roots.push(choice)
    path.push({ depth, choice })
  }
  return roots
}

function choiceFromLine(line: string, locale: string, before: readonly Choice[]): Choice {
  const cut = line.lastIndexOf('=')
  const name = (cut > 0 ? line.slice(0, cut) : line).trim()
  const code = cut > 0 ? line.slice(cut + 1).trim() : ''
  const known = findChoice(before, (choice) => (code ? choice.code === code : choice.label[locale] === name))
  const plain = name.replace(/[\s/]+/g, '_').slice(0, 64)
  return { ...(known?.active === false ? { active: false } : {}), code: code || known?.code || plain, label: { ...known?.label, [locale]: name } }
}

function findChoice(choices: readonly Choice[], wanted: (choice: Choice) => boolean): Choice | undefined {
  for (const choice of choices) {
    const found = wanted(choice) ? choice : findChoice(choice.children ?? [], wanted)
    if (found) return found
  }
  return undefined
}

export function choicesToText(choices: readonly Choice[], locale: string, depth = 0): string {
  return choices
    .map((choice) => {
      const name = choice.label[locale] ?? Object.values(choice.label)[0] ?? choice.code
      const own = choice.code !== name.replace(/[\s/]+/g, '_').slice(0, 64) ? ` = ${choice.code}` : ''
      const below = choice.children?.length ? `\n${choicesToText(choice.children, locale, depth + 1)}` : ''
      return `${'  '.repeat(depth)}${name}${own}${below}`
    })
    .join('\n')
}
