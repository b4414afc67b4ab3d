/** How a number on a page is dialled. The telephone provides it; where there is none, numbers are only read. */
import { inject, type InjectionKey } from 'vue'

/** On whose account one dials. A masked number is dialled by what it belongs to: a customer's contact, a call, a ticket, a callback task. */
export interface DialAbout { customer?: number, contact?: number, call?: number, ticket?: string, task?: number }
export interface Dialler {
  /** May I dial now: I have an extension, and the telephone system can. Read inside a computed. */
  ready(): boolean
  dial(number: string, about: DialAbout): void
}

export const diallerKey: InjectionKey<Dialler> = Symbol('dialler')

export const useDialler = (): Dialler | null => inject(diallerKey, null)
