/** The form of a new ticket: what is typed, what is owed, what is sent. Pure. */
import type { NewTicket } from '@/api/tickets'
import { changedValues, isEmpty, missingFields, type FieldDefinition, type Values } from '@/lib/fields'
import { freshKey, subjectFrom } from '@/lib/text'

export interface Chosen { id: number, name: string, level: string }

export interface NewForm {
  key: string
  customer: Chosen | null
  requester: string
  phone: string
  category: string | null
  /** Empty: the subject writes itself. */
  subject: string
  body: string
  priority: number | null
  channel: NonNullable<NewTicket['channel']>
  fields: Values
  onSpot: boolean
  answer: string
  attachments: number[]
  /** The call it is opened from; null: it was said that it is of none. */
  call?: number | null
}

export const emptyForm = (): NewForm => ({
  key: freshKey(), customer: null, requester: '', phone: '', category: null, subject: '', body: '', priority: null, channel: 'phone', fields: {}, onSpot: false,
  answer: '', attachments: [],
})

export const subjectOf = (form: NewForm): string => form.subject.trim() || subjectFrom(form.body)

/** Names of what is owed; own fields by "fields.<code>". A draft owes only what keeps it findable. */
export function owedBy(form: NewForm, fields: FieldDefinition[], draft: boolean): string[] {
  const missing: string[] = []
  if (!form.category) missing.push('category')
  if (!form.body.trim()) missing.push('body')
  if (draft) return missing
  if (form.onSpot && !form.answer.trim()) missing.push('answer')
  return [...missing, ...missingFields(fields, form.fields).map((code) => `fields.${code}`)]
}

export function ticketFrom(form: NewForm, fields: FieldDefinition[], draft: boolean): NewTicket {
  return {
    category: form.category ?? '',
    body: form.body.trim(),
    subject: subjectOf(form),
    channel: form.channel,
    ...(form.priority ? { priority: form.priority } : {}),
    ...(form.customer ? { customer_id: form.customer.id } : {}),
    requester: { name: form.requester.trim(), phone: form.phone.trim() },
    fields: changedValues(fields, form.fields),
    attachments: form.attachments,
    ...(form.call ? { call_id: form.call } : {}),
    ...(draft ? { draft: true } : form.onSpot ? { answered_on_spot: true, answer: form.answer.trim() } : {}),
  }
}

/** What a call tells before a word is typed. Only what is still empty is filled. */
export function fromCall(form: NewForm, known: { call: number, customer: Chosen | null, phone: string, category: string | null }): NewForm {
  return {
    ...form, call: known.call, channel: 'phone',
    customer: form.customer ?? known.customer,
    requester: form.requester || (form.customer ?? known.customer)?.name || '',
    phone: form.phone || known.phone,
    category: form.category ?? known.category,
  }
}

/** Anything worth keeping. */
export const isTouched = (form: NewForm): boolean =>
  [form.body, form.subject, form.requester, form.phone, form.answer].some((text) => text.trim() !== '') || form.customer !== null || form.category !== null || Object.values(form.fields).some((value) => !isEmpty(value))
