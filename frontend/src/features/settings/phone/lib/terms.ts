/** What is edited of a telephone system: fresh, compared, judged. Pure. */
import type { DialectCode, SystemChange, TelephoneSystem } from '@/api/phone'

export const dialects: DialectCode[] = ['asterisk', 'freeswitch', 'http']
export const usualPorts: Record<DialectCode, number | null> = { asterisk: 5038, freeswitch: 8021, http: null }

export interface IceLine { urls: string, username: string, credential: string }

/** `secret`: typed anew, "" leaves it as it is; `words`: the dialect's further settings as JSON text. */
export interface SystemDraft {
  name: string
  host: string
  port: number | null
  username: string
  secret: string
  control_address: string
  recording_address: string
  allowed_networks: string[]
  words: string
  sip_address: string
  sip_domain: string
  ice: IceLine[]
  active: boolean
}

const wordsText = (settings: Record<string, unknown>): string => (Object.keys(settings).length ? JSON.stringify(settings, null, 2) : '')
const iceLine = (server: Record<string, unknown>): IceLine => ({
  urls: Array.isArray(server.urls) ? server.urls.join(' ') : String(server.urls ?? ''), username: String(server.username ?? ''), credential: String(server.credential ?? ''),
})

export function draftOf(system: TelephoneSystem | null, dialect: DialectCode): SystemDraft {
  if (!system) {
    return {
      name: '', host: '', port: usualPorts[dialect], username: '', secret: '', control_address: '', recording_address: '', allowed_networks: [], words: '',
      sip_address: '', sip_domain: '', ice: [], active: true,
    }
  }
  const { name, host, port, username, control_address, recording_address, allowed_networks, sip_address, sip_domain, active } = system
  return {
    name, host, port, username, secret: '', control_address, recording_address, allowed_networks: [...allowed_networks], words: wordsText(system.settings),
    sip_address, sip_domain, ice: system.ice_servers.map(iceLine), active,
  }
}

/** The settings of a JSON text; null where it is none. */
export function settingsOf(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {}
  try {
    const found: unknown = JSON.parse(text)
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : null
  } catch { return null }
}

const iceServer = (line: IceLine): Record<string, unknown> => ({
  urls: line.urls.split(/[\s,，]+/).filter(Boolean), ...(line.username.trim() ? { username: line.username.trim() } : {}), ...(line.credential ? { credential: line.credential } : {}),
})

/** What would be sent if all of it were: no secret unless one was typed, nothing that the dialect has no use for. */
function whole(draft: SystemDraft, dialect: DialectCode): SystemChange {
  const { name, host, port, username, secret, control_address, recording_address, allowed_networks, words, sip_address, sip_domain, ice, active } = draft
  return {
    name: name.trim(), recording_address: recording_address.trim(), allowed_networks: [...allowed_networks].sort(), settings: settingsOf(words) ?? {}, active,
    sip_address: sip_address.trim(), sip_domain: sip_domain.trim(), ice_servers: ice.filter((one) => one.urls.trim()).map(iceServer),
    ...(dialect === 'http' ? { control_address: control_address.trim() } : { host: host.trim(), ...(port ? { port } : {}), username: username.trim() }),
    ...(secret && dialect !== 'http' ? { secret } : {}),
  }
}

/** Only what differs. */
export function changesOf(before: SystemDraft, after: SystemDraft, dialect: DialectCode): SystemChange {
  const old = whole(before, dialect) as Record<string, unknown>
  const entries = Object.entries(whole(after, dialect)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]))
  return Object.fromEntries(entries) as SystemChange
}

/** What a new system is made of: everything that was given. */
export const givenOf = (draft: SystemDraft, dialect: DialectCode): SystemChange =>
  Object.fromEntries(Object.entries(whole(draft, dialect)).filter(([name, value]) => name === 'name' || (value !== '' && JSON.stringify(value) !== '[]' && JSON.stringify(value) !== '{}'))) as SystemChange

export const isSipAddress = (text: string): boolean => /^wss?:\/\/[^\s@/]+(\/\S*)?$/.test(text.trim())

/** Which field keeps it from being saved; "" when nothing does. */
export function faultOf(draft: SystemDraft, dialect: DialectCode): '' | 'name' | 'host' | 'port' | 'words' | 'sip_address' {
  if (draft.name.trim() === '') return 'name'
  if (dialect !== 'http' && !/^[A-Za-z0-9._:-]+$/.test(draft.host.trim())) return 'host'
  if (dialect !== 'http' && draft.port !== null && !(draft.port >= 1 && draft.port <= 65535)) return 'port'
  if (settingsOf(draft.words) === null) return 'words'
  return draft.sip_address.trim() && !isSipAddress(draft.sip_address) ? 'sip_address' : ''
}

/** A code from a name's letters, free among those that are taken: "asterisk", "asterisk-2". */
export function freeCode(wish: string, taken: readonly string[]): string {
  const base = wish.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '') || 'system'
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}-${n}`
    if (!taken.includes(code)) return code
  }
}

const softphone = ['sip_address', 'sip_domain', 'ice_servers']

/** What saving will touch: keys of sentences. */
export function systemTouches(system: TelephoneSystem | null, changes: SystemChange): string[] {
  if (!system) return ['made']
  const names = Object.keys(changes)
  const touched: string[] = []
  if (changes.active === false) return ['off']
  if (changes.active === true) return ['on']
  if (system.dialect !== 'http' && names.length > 0) touched.push(system.active || changes.active ? 'reconnect' : 'later')
  if ((names.includes('host') || names.includes('port')) && system.has_secret && !changes.secret) touched.push('secret_again')
  if (names.includes('control_address')) touched.push('control')
  if (names.includes('recording_address') || names.includes('allowed_networks')) touched.push('recordings')
  if (names.some((one) => softphone.includes(one))) touched.push('softphones')
  return touched.length || names.length === 0 ? touched : ['name']
}
