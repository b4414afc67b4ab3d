/** The server's findings, handed down to where they belong. */
import { computed, inject, provide, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Finding } from '@/api/policies'
import { t, te } from '@/lib/i18n'
import { findingsAt, findingsWithin } from './place'

const key: InjectionKey<Readonly<Ref<Finding[]>>> = Symbol('findings')

export const provideFindings = (findings: Readonly<Ref<Finding[]>>): void => provide(key, findings)

export const findingWords = (finding: Finding): string => (te(`policies.findings.${finding.code}`) ? t(`policies.findings.${finding.code}`) : finding.detail)

/** What is wrong exactly at a place, as sentences; and how much at it or below. */
export function useFindings(): { at: (path: string, own?: readonly string[]) => string, within: (path: string) => ComputedRef<number>, raw: (path: string) => Finding[] } {
  const findings = inject(key)
  const all = computed(() => findings?.value ?? [])
  return {
    at: (path, own = []) => findingsAt(all.value, path, own).map(findingWords).join(' '),
    raw: (path) => findingsAt(all.value, path),
    within: (path) => computed(() => findingsWithin(all.value, path).length),
  }
}
