/** Everybody who is behind or not, in one shape: listeners, groups, webhooks. */
import type { Consumer } from '@/api/listeners'
import type { Webhook } from '@/api/webhooks'
import { t, te } from '@/lib/i18n'
import type { Tone } from './words'

export interface ConsumerLine {
  key: string
  name: string
  /** What it does, where the product itself knows. */
  about: string
  lag: number
  more: boolean
  seconds: number
  moved_at: string | null
  state: 'alive' | 'idle' | 'stopped' | 'orphaned' | 'failing' | 'paused'
  parked: number | null
  dead: number | null
  to: string
}

export function listenerLine(one: Consumer): ConsumerLine {
  const about = `integrations.listener_names.${one.name}`
  const state = one.orphaned ? 'orphaned' : one.alive === false ? 'stopped' : one.kind === 'group' ? 'idle' : 'alive'
  return {
    key: `${one.kind}:${one.name}`, name: one.name, about: te(about) ? t(about) : '', lag: one.lag.events, more: one.lag.more, seconds: one.lag.seconds,
    moved_at: one.moved_at, state, parked: one.parked, dead: one.dead, to: '',
  }
}

export function webhookLine(one: Webhook): ConsumerLine {
  const { health } = one
  return {
    key: `webhook:${one.id}`, name: one.name, about: one.address, lag: health.waiting, more: health.waiting >= 10_000, seconds: health.behind,
    moved_at: health.last_success_at, state: health.state === 'active' ? 'alive' : health.state, parked: null, dead: health.dead, to: `/settings/webhooks/${one.id}`,
  }
}

export const stateTones: Record<ConsumerLine['state'], Tone> = { alive: 'done', idle: 'normal', stopped: 'late', orphaned: 'soon', failing: 'late', paused: 'normal' }

/** Late: somebody reads and is minutes behind, or nobody reads and something waits. A group is read whenever its owner likes. */
export function lagTone(one: Pick<ConsumerLine, 'lag' | 'seconds' | 'state'>): Tone {
  if (one.lag === 0 || one.state === 'idle' || one.state === 'paused') return 'normal'
  if (one.state !== 'alive' || one.seconds >= 300) return 'late'
  return one.seconds >= 30 ? 'soon' : 'normal'
}
