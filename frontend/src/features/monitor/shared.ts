/** What the parts of the board share: its clock, and the words of its figures. */
import type { InjectionKey, Ref } from 'vue'
import { t } from '@/lib/i18n'
import { clockText } from '@/lib/player'
import { percentOf } from './board'

export const momentKey: InjectionKey<Ref<number>> = Symbol('the board’s clock, in milliseconds')

export const percentWords = (level: number | null): string => {
  const percent = percentOf(level)
  return percent === null ? '–' : t('monitor.percent', { n: percent })
}
export const secondsWords = (seconds: number | null): string => (seconds === null ? '–' : clockText(seconds))
