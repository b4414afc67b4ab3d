/** How a call went, step by step in time. Pure: what is told is a code with its parameters, the page has the words. */
import type { CallDetail, CallPart } from '@/api/phone'

export interface Step { at: string, code: string, params: Record<string, string | number> }

const nameOf = (part: CallPart): string => part.person?.name || part.extension

export function stepsOf(call: CallDetail): Step[] {
  const steps: Step[] = [{ at: call.began_at, code: `began_${call.direction}`, params: { line: call.line_label || call.dialled } }]
  for (const choice of call.menu) steps.push({ at: choice.at ?? call.began_at, code: 'menu', params: { digits: choice.digits, label: choice.label || choice.digits } })
  for (const stay of call.stays) {
    const queue = stay.title || stay.queue
    steps.push({ at: stay.entered_at, code: 'queued', params: { queue } })
    if (stay.left_at && stay.outcome && stay.outcome !== 'answered') steps.push({ at: stay.left_at, code: `left_${stay.outcome}`, params: { queue, seconds: stay.waited } })
  }
  for (const part of call.parts) steps.push(...stepsOfPart(part))
  if (call.ended_at) steps.push({ at: call.ended_at, code: call.closed_by_us ? 'closed_by_us' : `ended_${call.ended_by || 'somebody'}`, params: {} })
  return steps.map((step, index) => ({ step, index })).sort((a, b) => Date.parse(a.step.at) - Date.parse(b.step.at) || a.index - b.index).map((one) => one.step)
}

function stepsOfPart(part: CallPart): Step[] {
  const name = nameOf(part)
  const steps: Step[] = []
  if (part.answered_at) steps.push({ at: part.answered_at, code: 'answered', params: { name, seconds: part.ring_seconds } })
  else if (part.ended_at && ['missed', 'refused'].includes(part.outcome)) steps.push({ at: part.ended_at, code: `part_${part.outcome}`, params: { name, seconds: part.ring_seconds } })
  else if (part.outcome === 'ringing') steps.push({ at: part.rang_at, code: 'rings', params: { name } })
  if (part.transferred_to && part.ended_at) steps.push({ at: part.ended_at, code: `transferred_${part.transfer_mode || 'blind'}`, params: { name, to: part.transferred_to } })
  return steps
}
