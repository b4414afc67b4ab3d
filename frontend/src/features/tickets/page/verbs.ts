/**
 * What each verb asks for, its letter and whether it destroys. The panel is drawn from this table; which verbs are possible is the
 * server's word alone.
 */
import type { Verb } from '@/api/tickets'

export type Input =
  | 'outcome' | 'fields' | 'result' | 'reply_too' | 'body' | 'question' | 'people' | 'departments' | 'mentions' | 'needed' | 'to' | 'return_to'
  | 'of' | 'until' | 'grant' | 'callback' | 'other' | 'node' | 'edit' | 'waiting_for' | 'from_customer' | 'attachments' | 'reason' | 'optional_reason'

/** `elsewhere`: done where its thing is shown, not from the row of verbs. */
export interface VerbShape { key?: string, danger?: boolean, elsewhere?: boolean, inputs: Input[] }

export const verbShapes: Record<Verb, VerbShape> = {
  submit: { key: 's', inputs: ['fields'] },
  accept: { key: 'y', inputs: [] },
  process: { key: 'Enter', inputs: ['outcome', 'result', 'fields', 'reply_too', 'attachments'] },
  call_back: { key: 'b', inputs: ['callback'] },
  decide_extension: { key: 'd', inputs: ['grant', 'reason'] },
  resume: { key: 'z', inputs: ['optional_reason'] },
  transfer: { key: 't', inputs: ['to', 'reason'] },
  return: { key: 'r', inputs: ['return_to', 'reason'] },
  resolve: { key: 'v', inputs: ['result'] },
  close: { key: 'o', inputs: ['reason'] },
  reopen: { key: 'o', inputs: ['node', 'reason'] },
  reply: { key: 'e', inputs: ['body', 'attachments'] },
  append: { key: 'a', inputs: ['body', 'from_customer', 'attachments'] },
  note: { key: 'm', inputs: ['body', 'mentions', 'attachments'] },
  withdraw: { key: 'w', inputs: ['of', 'reason'] },
  urge: { key: 'u', inputs: ['optional_reason'] },
  consult: { key: 'c', inputs: ['people', 'question'] },
  co_handle: { key: 'h', inputs: ['people', 'departments', 'question'] },
  countersign: { key: 'g', inputs: ['people', 'needed', 'question'] },
  extend: { key: 'x', inputs: ['until', 'reason'] },
  supervise: { key: 'i', inputs: ['reason'] },
  circulate: { key: 'p', inputs: ['reason'] },
  acknowledge_card: { elsewhere: true, inputs: [] },
  appeal_card: { elsewhere: true, inputs: ['reason'] },
  uphold_card: { elsewhere: true, inputs: ['reason'] },
  withdraw_card: { elsewhere: true, inputs: ['reason'] },
  pause: { key: 'z', inputs: ['waiting_for', 'reason'] },
  cancel: { danger: true, inputs: ['reason'] },
  force_end: { danger: true, inputs: ['reason'] },
  link: { key: 'l', inputs: ['other'] },
  attach: { key: 'f', inputs: ['attachments'] },
  edit: { inputs: ['edit'] },
}

export type Args = Record<string, unknown>

const empty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Names of what is owed and still missing. */
export function owed(verb: Verb, args: Args, hasOutcomes = true): string[] {
  const missing: string[] = []
  for (const input of verbShapes[verb].inputs) missing.push(...owedBy(input, args, hasOutcomes))
  return missing
}

function owedBy(input: Input, args: Args, hasOutcomes: boolean): string[] {
  switch (input) {
    case 'reason': case 'body': case 'question': case 'other': case 'until': return empty(args[input]) || String(args[input]).trim() === '' ? [input] : []
    case 'outcome': return hasOutcomes && empty(args.outcome) ? ['outcome'] : []
    case 'to': return [args.department, args.team, args.handler].every(empty) ? ['to'] : []
    case 'return_to': return empty(args.target) ? ['return_to'] : []
    case 'waiting_for': return empty(args.waiting_for) ? ['waiting_for'] : []
    case 'grant': return typeof args.grant === 'boolean' ? [] : ['grant']
    case 'callback': return [...(empty(args.result) ? ['callback'] : []), ...(args.result === 'dissatisfied' && empty(args.note) ? ['note'] : [])]
    default: return []
  }
}

/** What is sent: no empty words, no helper values of the panel (they begin with "_"). */
export function sentArgs(args: Args): Args {
  return Object.fromEntries(Object.entries(args).filter(([name, value]) => !name.startsWith('_') && !empty(value)))
}
