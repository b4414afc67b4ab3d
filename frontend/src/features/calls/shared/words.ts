/** Calls in words, the same wherever a call is shown. */
import type { CallOutcome, CallRow, Direction, LiveCall, MenuChoice, PhoneNumber, Pop } from '@/api/phone'
import { t } from '@/lib/i18n'
import { isWithheld } from '../lib/choices'

export const pad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

export const numberWords = (number: PhoneNumber): string => (isWithheld(number) ? t('calls.withheld') : number.shown)

/** Who is at the other end: a customer's number; in the house there is none, but people. */
export const endWords = (call: { direction: Direction, number: PhoneNumber }): string => (call.direction === 'internal' && isWithheld(call.number) ? t('calls.in_the_house') : numberWords(call.number))

/** Who it may be while nobody is chosen: one of several, a stranger, or not to be told. */
export const unknownWords = (pop: Pick<Pop, 'candidates' | 'call'>): string => t(pop.candidates.length ? 'calls.who_several' : isWithheld(pop.call.number) ? 'calls.who_withheld' : 'calls.who_nobody', { n: pop.candidates.length })

/** What was pressed, one after the other: `2 故障报修 › 1`. */
export const menuWords = (menu: readonly MenuChoice[]): string => menu.map((one) => [one.digits, one.label].filter(Boolean).join(' ')).join(' › ')

/** 来电, 呼叫中, 通话中, 已保持, 三方通话, 咨询转接. */
export function stateWords(call: Pick<LiveCall, 'mine' | 'direction' | 'transferring' | 'conference'>): string {
  if (call.mine === 'ended') return t('calls.states.over')
  if (call.mine === 'ringing') return t(call.direction === 'outbound' ? 'calls.states.dialling' : call.direction === 'internal' ? 'calls.states.internal' : 'calls.states.ringing')
  if (call.transferring) return t('calls.states.transferring', { to: call.transferring.to })
  if (call.conference) return t('calls.states.conference')
  return t(`calls.states.${call.mine}`)
}

export type Tone = 'normal' | 'soon' | 'late' | 'mine' | 'done'
/** What became of a call: only what was lost on the customer is marked. */
export const toneOf = (direction: Direction, outcome: CallOutcome): Tone => (direction === 'inbound' && ['abandoned', 'missed', 'refused', 'lost'].includes(outcome) ? 'soon' : 'normal')

export const outcomeWords = (call: Pick<CallRow, 'phase' | 'outcome'>): string => (call.phase === 'ended' ? t(`calls.outcomes.${call.outcome || 'failed'}`) : t(`calls.phases.${call.phase}`))
