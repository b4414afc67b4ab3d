/** How a number on a page is dialled. The telephone provides it; where there is none, numbers are only read. */
import { inject, type InjectionKey } from 'vue'

export interface DialAbout { customer?: number, ticket?: string, task?: number }
export interface Dialler {
  /** May I dial now: I have an extension, and the telephone system can. Read inside a computed. */
  ready(): boolean
  dial(number: string, about: DialAbout): void
}

export const diallerKey: InjectionKey<Dialler> = Symbol('dialler')

export const useDialler = (): Dialler | null => inject(diallerKey, null)
