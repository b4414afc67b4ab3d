/** Own fields of a category's form: their shapes, and the checks made while typing (the server has the last word). */
export type FieldType =
  | 'text' | 'long_text' | 'number' | 'money' | 'date' | 'datetime' | 'choice' | 'multi_choice' | 'cascade'
  | 'person' | 'phone' | 'email' | 'address' | 'attachment' | 'boolean'

export type Mode = 'hidden' | 'read' | 'optional' | 'required'
export type Text = Record<string, string> | string

export interface Choice { code: string, label: Text, active?: boolean, children?: Choice[] }

export interface FieldDefinition {
  code: string
  type: FieldType
  label: Text
  required?: boolean
  mode?: Mode
  help?: Text
  choices?: Choice[]
  max_length?: number | null
  minimum?: number | string | null
  maximum?: number | string | null
  decimals?: number | null
  currency?: string | null
  default?: unknown
  whole_path?: boolean
}

export type Values = Record<string, unknown>

/** A field's mode: what the node says, else what the form says. */
export function modeOf(field: FieldDefinition): Mode {
  return field.mode ?? (field.required ? 'required' : 'optional')
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.values(value).every(isEmpty)
}

/** Codes of required fields that are still empty. */
export function missingFields(fields: FieldDefinition[], values: Values): string[] {
  return fields.filter((field) => modeOf(field) === 'required' && isEmpty(values[field.code])).map((field) => field.code)
}

/** What to send: the fields that may be written here and differ from `before`; null clears one. */
export function changedValues(fields: FieldDefinition[], values: Values, before: Values = {}): Values {
  const out: Values = {}
  for (const field of fields) {
    if (['hidden', 'read'].includes(modeOf(field))) continue
    const fresh = values[field.code]
    const old = before[field.code]
    if (isEmpty(fresh)) { if (!isEmpty(old)) out[field.code] = null } else if (JSON.stringify(fresh) !== JSON.stringify(old)) out[field.code] = fresh
  }
  return out
}

/** What a new form starts with. */
export function defaultsOf(fields: FieldDefinition[]): Values {
  return Object.fromEntries(fields.filter((field) => field.default !== undefined && field.default !== null).map((field) => [field.code, field.default]))
}

/** The chain of choices that ends at `code`. */
export function choicePath(choices: Choice[], code: string): Choice[] {
  for (const choice of choices) {
    if (choice.code === code) return [choice]
    const below = choicePath(choice.children ?? [], code)
    if (below.length > 0) return [choice, ...below]
  }
  return []
}
