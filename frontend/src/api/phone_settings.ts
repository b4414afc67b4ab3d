/** What administration reads of the telephone beyond the desk's own types: keys of HTTP systems, who is signed in where. */
import { freshKey } from '@/lib/text'
import { call, get, post } from './http'
import type { Page } from './paged'
import type { Extension, ExtensionChange, Person, RawSignal, SystemChange, TelephoneSystem } from './phone'

/** Keys that count now, the newest first; `until` null: until it is renewed. */
export type SystemInFull = TelephoneSystem & { keys?: { until: string | null }[] }
export type ExtensionInUse = Extension & { taken_by?: Person | null }
export interface SignalFilter { system?: string, call?: string, fault?: boolean }

const at = (code: string): string => `/phone/systems/${encodeURIComponent(code)}`

export const systemsInFull = async (): Promise<SystemInFull[]> => (await get<{ items: SystemInFull[] }>('/phone/systems')).items
export const systemInFull = (code: string): Promise<SystemInFull> => get(at(code))
/** The key of an HTTP system is said once, when it is made. */
export const addSystem = (change: SystemChange & { code: string }, key: string): Promise<SystemInFull & { key?: string | null }> => post('/phone/systems', change, key)
/** For `hours` the key before counts too. */
export const rotateKey = (code: string, hours: number): Promise<{ key: string | null }> =>
  call('POST', `${at(code)}/key`, { query: { overlap_hours: hours }, body: {}, key: freshKey() })
export const extensionsInUse = async (): Promise<ExtensionInUse[]> => (await get<{ items: ExtensionInUse[] }>('/phone/extensions')).items
export const addExtension = (change: ExtensionChange): Promise<ExtensionInUse> => post('/phone/extensions', change, freshKey())
export const signals = ({ system, ...rest }: SignalFilter, after: string | null, limit: number): Promise<Page<RawSignal>> =>
  get(system ? `${at(system)}/signals` : '/phone/signals', { call: rest.call, fault: rest.fault ? 1 : undefined, after, limit })
