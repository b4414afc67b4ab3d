/** From what was typed in a panel to what the API takes. */
import type { Action, Ticket, Verb, VerbAnswer } from '@/api/tickets'
import { changedValues, type Values } from '@/lib/fields'
import { sentArgs, verbShapes, type Args } from '../verbs'

const shownAtMost = 6

/** The most likely six in front; what destroys never stands there. */
export function shownActions(actions: readonly Action[]): { first: Action[], rest: Action[] } {
  const hidden: Verb[] = ['cancel', 'force_end', 'pause', 'link', 'attach', 'edit', 'supervise', 'circulate']
  const here = actions.filter((one) => !verbShapes[one.verb].elsewhere)
  const front = here.filter((one) => !hidden.includes(one.verb)).slice(0, shownAtMost)
  return { first: front, rest: here.filter((one) => !front.includes(one)) }
}

type Perform = (verb: Verb, args: Record<string, unknown>, key?: string) => Promise<VerbAnswer>

/** A reply that goes along with processing is given first, so that the customer's answer stands before the ticket moves on. */
export async function sendVerb(perform: Perform, action: Action, args: Args, key: string, ticket: Ticket): Promise<VerbAnswer> {
  const reply = typeof args._reply === 'string' ? args._reply.trim() : ''
  if (action.verb === 'process' && reply) {
    await perform('reply', { body: reply }, `${key}-reply`)
    delete args._reply
  }
  const sent = { ...(action.items.length > 0 ? { item: action.items[0] } : {}), ...sentArgs(args) } as Args
  if (args.fields) sent.fields = changedValues(ticket.form?.fields ?? [], args.fields as Values, ticket.fields)
  if (typeof args.grant === 'boolean') sent.grant = args.grant
  return perform(action.verb, sent, key)
}
