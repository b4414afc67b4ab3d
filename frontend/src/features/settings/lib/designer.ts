/** The rules of the form designer, without a screen: what a draft of own fields must satisfy before it is published. */

export const FIELD_TYPES = [
  'text',
  'number',
  'money',
  'date',
  'choice',
  'cascade',
  'person',
  'phone',
  'address',
  'attachment',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** A node of a cascade; leaves have no children. */
export interface Choice {
  code: string
  label: Record<string, string>
  children?: Choice[]
}

export interface DraftProblem {
  at: number
  part: 'code' | 'label' | 'choices' | 'range' | 'length'
  problem: 'missing' | 'duplicate' | 'shape' | 'reversed'
}

export interface DraftField {
  code: string
  type: FieldType
  label: Record<string, string>
  required: boolean
  multiple?: boolean
  multiline?: boolean
  with_time?: boolean
  choices?: Choice[]
  min_length?: number | null
  max_length?: number | null
  minimum?: number | string | null
  maximum?: number | string | null
  [extra: string]: unknown
}

const CODE = /^[a-z][a-z0-9_]{0,39}$/

/** A code that no other field has, in the form the server accepts. */
export function freeCode(type: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const code = number === 1 ? type : `${type}_${number}`
    if (!taken.includes(code)) return code
  }
}

export function problemsOf(fields: readonly DraftField[]): DraftProblem[] {
  return fields.flatMap((field, at) => [
    ...codeProblems(field, at, fields),
    ...labelProblems(field, at),
    ...choiceProblems(field, at),
    ...rangeProblems(field, at),
  ])
}

function codeProblems(field: DraftField, at: number, all: readonly DraftField[]): DraftProblem[] {
  if (!field.code) return [{ at, part: 'code', problem: 'missing' }]
  if (!CODE.test(field.code)) return [{ at, part: 'code', problem: 'shape' }]
  const first = all.findIndex((other) => other.code === field.code)
  return first !== at ? [{ at, part: 'code', problem: 'duplicate' }] : []
}

function labelProblems(field: DraftField, at: number): DraftProblem[] {
  const named = Object.values(field.label).some((text) => text.trim() !== '')
  return named ? [] : [{ at, part: 'label', problem: 'missing' }]
}

function choiceProblems(field: DraftField, at: number): DraftProblem[] {
  if (field.type !== 'choice' && field.type !== 'cascade') return []
  const choices = field.choices ?? []
  if (choices.length === 0) return [{ at, part: 'choices', problem: 'missing' }]
  return hasTwins(choices) ? [{ at, part: 'choices', problem: 'duplicate' }] : []
}

function hasTwins(choices: readonly Choice[]): boolean {
  const codes = choices.map((choice) => choice.code)
  if (new Set(codes).size !== codes.length) return true
  return choices.some((choice) => hasTwins(choice.children ?? []))
}

function rangeProblems(field: DraftField, at: number): DraftProblem[] {
  const problems: DraftProblem[] = []
  const { minimum, maximum, min_length: shortest, max_length: longest } = field
  if (given(minimum) && given(maximum) && isMore(minimum, maximum)) problems.push({ at, part: 'range', problem: 'reversed' })
  if (given(longest) && Number(longest) < 1) problems.push({ at, part: 'length', problem: 'shape' })
  else if (given(shortest) && given(longest) && Number(shortest) > Number(longest)) {
    problems.push({ at, part: 'length', problem: 'reversed' })
  }
  return problems
}

function given(value: unknown): value is string | number {
  return value !== null && value !== undefined && value !== ''
}

/** Numbers compare as numbers, dates (ISO) as text. */
function isMore(a: string | number, b: string | number): boolean {
  const [x, y] = [Number(a), Number(b)]
  return Number.isNaN(x) || Number.isNaN(y) ? String(a) > String(b) : x > y
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
  return { code: code || known?.code || name, label: { ...known?.label, [locale]: name } }
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
      const own = choice.code !== name ? ` = ${choice.code}` : ''
      const below = choice.children?.length ? `\n${choicesToText(choice.children, locale, depth + 1)}` : ''
      return `${'  '.repeat(depth)}${name}${own}${below}`
    })
    .join('\n')
}

/** Whether publishing would change anything. */
export function sameFields(a: readonly DraftField[], b: readonly DraftField[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
