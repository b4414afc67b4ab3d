/** How a telephone system fares, in the reader's words. */
import type { TelephoneSystem } from '@/api/phone'
import { t, te } from '@/lib/i18n'
import { connectionWords } from '@/lib/telephone'
import { whenWords } from '@/lib/words'

export type Tone = 'normal' | 'soon' | 'late' | 'mine' | 'done'
type Standing = Pick<TelephoneSystem, 'health' | 'health_words' | 'active' | 'dialect' | 'heard_at'>

/** Systems that send to us have no connection of ours: they are heard or not. */
export function healthWords(system: Standing): string {
  if (!system.active) return t('telephony.healths.off')
  if (system.dialect === 'http') return t(system.heard_at ? 'telephony.healths.listening' : 'telephony.healths.never_heard')
  const key = `telephony.healths.${system.health}`
  return te(key) ? t(key) : system.health
}

export function healthTone(system: Standing): Tone {
  if (!system.active) return 'normal'
  if (system.dialect === 'http') return system.heard_at ? 'done' : 'normal'
  if (system.health === 'connected') return 'done'
  return system.health === 'refused' ? 'late' : 'soon'
}

/** Why it is not connected, and what to do; "" where nothing is wrong. */
export function troubleWords(system: Standing): string {
  if (!system.active || system.dialect === 'http' || system.health === 'connected') return ''
  if (system.health === 'off') return t('telephony.process_missing')
  return connectionWords(system.health_words)
}

export const heardWords = (at: string | null): string => (at ? whenWords(at) : t('telephony.never'))
export const placeWords = (system: Pick<TelephoneSystem, 'dialect' | 'host' | 'port' | 'signals_address'>): string => (system.dialect === 'http' ? system.signals_address : `${system.host}${system.port ? `:${system.port}` : ''}`)
