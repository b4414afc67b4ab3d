/** Own fields of a category's form: their shapes, and the checks made while typing (the server has the last word). */
export type FieldType =
  | 'text' | 'long_text' | 'number' | 'money' | 'date' | 'datetime' | 'choice' | 'multi_choice' | 'cascade'
  | 'person' | 'phone' | 'email' | 'address' | 'attachment' | 'boolean'

export type Mode = 'hidden' | 'read' | 'optional' | 'required'
export type Text = Record<string, string> | string

export interface Choice { code: string, label: Text, children?: Choice[] }

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
}

export type Values = Record<string, unknown>

/** A field's mode: what the node says, else what the form says. */
export function modeOf(field: FieldDefinition): Mode {
  return field.mode ?? (field.required ? 'required' : 'optional')
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Codes of required fields that are still empty. */
export function missingFields(fields: FieldDefinition[], values: Values): string[] {
  return fields.filter((field) => modeOf(field) === 'required' && isEmpty(values[field.code])).map((field) => field.code)
}

/** Only what may be written at this node, without the empty ones that were never filled. */
export function writableValues(fields: FieldDefinition[], values: Values): Values {
  const out: Values = {}
  for (const field of fields) {
    if (['hidden', 'read'].includes(modeOf(field))) continue
    if (!isEmpty(values[field.code])) out[field.code] = values[field.code]
  }
  return out
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
