/**
 * SIP over WebSocket (RFC 7118) with JsSIP: registers, and keeps every session as a line. Loaded only when somebody signs in to a
 * softphone. Registering again after a lost connection is JsSIP's own doing.
 */
import { UA, WebSocketInterface } from 'jssip'
import type { AnswerOptions, EndEvent, RTCSession } from 'jssip/lib/RTCSession'
import type { RTCSessionEvent } from 'jssip/lib/UA'
import type { Softphone } from '@/api/phone'
import { constraints, listen, silence } from './audio'
import { addressOf, tonesOf, type Line, type LineState } from './lines'

export type Registration = 'off' | 'connecting' | 'registered' | 'refused' | 'lost'
export interface Told {
  registration(state: Registration, why?: string): void
  lines(lines: Line[]): void
  microphone(stream: MediaStream | null): void
}

const gathering = 800 // milliseconds for the ways to oneself; what was found by then is offered
const expires = 300 // seconds a registration holds

export class Sip {
  private readonly agent: UA
  private readonly sessions = new Map<string, { line: Line, session: RTCSession }>()

  constructor(private readonly to: Softphone, private readonly told: Told) {
    this.agent = new UA({
      sockets: new WebSocketInterface(to.address), uri: `sip:${to.user}@${to.domain}`, authorization_user: to.user, password: to.password, display_name: to.display || to.user,
      register: true, register_expires: expires, session_timers: false, connection_recovery_min_interval: 1, connection_recovery_max_interval: 20,
    })
    this.agent.on('connecting', () => told.registration('connecting'))
    this.agent.on('disconnected', ({ error }) => { if (error) told.registration('lost') })
    this.agent.on('registered', () => told.registration('registered'))
    this.agent.on('registrationFailed', ({ cause, response }) => told.registration('refused', response?.reason_phrase || String(cause ?? '')))
    this.agent.on('newRTCSession', (event: RTCSessionEvent) => this.keep(event))
    this.agent.start()
  }

  stop(): void {
    this.agent.stop()
    for (const id of [...this.sessions.keys()]) this.drop(id)
  }

  answer(id: string): Promise<void> {
    const { session } = this.of(id)
    return this.settled(session, ['accepted', 'confirmed'], () => session.answer(this.media()))
  }
  hangUp(id: string): void {
    const { session, line } = this.of(id)
    session.terminate(line.state === 'ringing' ? { status_code: 486 } : undefined)
  }
  hold(id: string, on: boolean): Promise<void> {
    const { session } = this.of(id)
    if (session.isOnHold().local === on) return Promise.resolve()
    return new Promise((done, fail) => {
      const began = on ? session.hold({}, () => done()) : session.unhold({}, () => done())
      if (!began) fail(new Error('busy'))
    })
  }
  mute(on: boolean): void {
    for (const { session } of this.sessions.values()) if (session.isEstablished()) { if (on) session.mute({ audio: true }); else session.unmute({ audio: true }) }
  }
  dtmf(id: string, digits: string): void { this.of(id).session.sendDTMF(tonesOf(digits)) }

  call(number: string, consults: string | null = null): Promise<void> {
    const address = addressOf(number, this.to.domain)
    if (!address) return Promise.reject(new Error('number'))
    const session = this.agent.call(address, this.media())
    const kept = this.sessions.get(session.id)
    if (kept) this.change(session.id, { consults })
    return this.settled(session, ['progress', 'accepted'])
  }
  /** Blind, or to the other end of the line one consulted on. */
  refer(id: string, to: string, consulted: string | null): Promise<void> {
    const { session } = this.of(id)
    const replaces = consulted ? this.of(consulted).session : undefined
    const target = replaces ? replaces.remote_identity.uri : addressOf(to, this.to.domain)
    if (!target) return Promise.reject(new Error('number'))
    return new Promise((done, fail) => {
      const gone = (): void => { if (!session.isEnded()) session.terminate(); done() }
      const refused = (event: { cause?: string } = {}): void => fail(new Error(event.cause ?? 'refused'))
      session.refer(target, { ...(replaces ? { replaces } : {}), eventHandlers: { accepted: gone, failed: refused, requestFailed: refused } })
    })
  }
  /** Another microphone in the middle of a call. */
  async changeMicrophone(): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia(constraints())
    const [track] = stream.getAudioTracks()
    for (const { session } of this.sessions.values()) for (const sender of session.connection?.getSenders() ?? []) if (sender.track?.kind === 'audio' && track) await sender.replaceTrack(track)
    this.told.microphone(stream)
  }

  private media(): AnswerOptions { return { mediaConstraints: constraints(), pcConfig: { iceServers: this.to.ice_servers as unknown as RTCIceServer[] } } }
  private of(id: string): { line: Line, session: RTCSession } {
    const found = this.sessions.get(id)
    if (!found) throw new Error('gone')
    return found
  }
  private settled(session: RTCSession, done: ('accepted' | 'confirmed' | 'progress')[], begin?: () => void): Promise<void> {
    return new Promise((resolve, fail) => {
      for (const one of done) session.on(one, () => resolve())
      session.on('failed', (event: EndEvent) => fail(new Error(event.cause)))
      session.on('getusermediafailed', () => fail(new Error('microphone')))
      begin?.()
    })
  }

  private keep({ session, originator }: RTCSessionEvent): void {
    const id = session.id
    const incoming = String(originator) === 'remote'
    const line: Line = { id, direction: incoming ? 'inbound' : 'outbound', number: session.remote_identity.uri.user, state: incoming ? 'ringing' : 'calling', muted: false, since: Date.now(), consults: null }
    this.sessions.set(id, { line, session })
    const stands = (state: LineState): void => this.change(id, { state })
    session.on('confirmed', () => { stands('talking'); this.microphone(session) })
    session.on('hold', () => { if (session.isOnHold().local) stands('held') })
    session.on('unhold', () => { if (!session.isOnHold().local) stands('talking') })
    session.on('muted', () => this.change(id, { muted: true }))
    session.on('unmuted', () => this.change(id, { muted: false }))
    session.on('ended', () => this.drop(id))
    session.on('failed', () => this.drop(id))
    let timer = 0
    session.on('icecandidate', ({ ready }) => { clearTimeout(timer); timer = window.setTimeout(ready, gathering) })
    session.on('peerconnection', ({ peerconnection }) => this.hear(id, peerconnection))
    if (session.connection) this.hear(id, session.connection)
    this.tell()
  }
  private hear(id: string, connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ streams, track }) => listen(id, streams[0] ?? new MediaStream([track])))
  }
  private microphone(session: RTCSession): void {
    const track = session.connection?.getSenders().find((one) => one.track?.kind === 'audio')?.track
    if (track) this.told.microphone(new MediaStream([track]))
  }
  private change(id: string, now: Partial<Line>): void {
    const kept = this.sessions.get(id)
    if (!kept) return
    kept.line = { ...kept.line, ...now, ...(now.state && now.state !== kept.line.state ? { since: Date.now() } : {}) }
    this.tell()
  }
  private drop(id: string): void {
    silence(id)
    this.sessions.delete(id)
    if (this.sessions.size === 0) this.told.microphone(null)
    this.tell()
  }
  private tell(): void { this.told.lines([...this.sessions.values()].map(({ line }) => line)) }
}
