/** What of a customer is written in a form, and how it becomes a change. */
import type { Customer, CustomerChange, CustomerClass, CustomerKind } from '../data'

export interface Draft {
  kind: CustomerKind
  name: string
  level: string
  customer_class: CustomerClass
  parent: { id: number, name: string } | null
  external_id: string
  note: string
  fields: Record<string, string>
}

export const emptyDraft = (): Draft => ({ kind: 'person', name: '', level: 'ordinary', customer_class: 'public', parent: null, external_id: '', note: '', fields: {} })

export const draftOf = (customer: Customer): Draft => ({
  kind: customer.kind, name: customer.name, level: customer.level, customer_class: customer.customer_class,
  parent: customer.parent ? { id: customer.parent.id, name: customer.parent.name } : null,
  external_id: customer.external_id ?? '', note: customer.note,
  fields: Object.fromEntries(Object.entries(customer.fields).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])),
})

/** Only the given parts; numbers and lists among own fields keep their kind when they were not touched. */
export function changeOf(draft: Partial<Draft>, before: Record<string, unknown> = {}): CustomerChange {
  const { parent, external_id, fields, name, ...rest } = draft
  return {
    ...rest,
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(parent === undefined ? {} : { parent_id: parent?.id ?? null }),
    ...(external_id === undefined ? {} : { external_id: external_id.trim() || null }),
    ...(fields === undefined ? {} : { fields: asTheyWere(fields, before) }),
  }
}

function asTheyWere(fields: Record<string, string>, before: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([name, text]) => name.trim() !== '' && text !== '')
  return Object.fromEntries(kept.map(([name, text]) => [name.trim(), JSON.stringify(before[name]) === text ? before[name] : text]))
}
