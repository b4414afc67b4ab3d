/** A definition proved by the server while one types: findings with their words, at their spots. The latest answer counts. */
import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { checkCalendar, type Definition, type Finding } from '@/api/calendars'
import { messageOf } from '@/api/http'
import { t, te } from '@/lib/i18n'
import { bySpot, stretchOf } from './lib/findings'

export function findingWords(finding: Pick<Finding, 'code' | 'detail' | 'place'>): string {
  const key = `calendars.findings.${finding.code}`
  if (!te(key)) return finding.detail
  const stretch = stretchOf(finding.place)
  return stretch === null ? t(key) : t('calendars.in_stretch', { n: stretch + 1, finding: t(key) })
}

export function useProof(definition: () => Definition) {
  const findings = ref<Finding[]>([])
  const busy = ref(false)
  const failed = ref('')
  let turn = 0
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function prove(): Promise<void> {
    const mine = ++turn
    try {
      const came = await checkCalendar(definition())
      if (mine !== turn) return
      findings.value = came.findings
      failed.value = ''
    } catch (reason) { if (mine === turn) failed.value = messageOf(reason) } finally { if (mine === turn) busy.value = false }
  }

  watch(() => JSON.stringify(definition()), () => {
    busy.value = true
    clearTimeout(waiting)
    waiting = setTimeout(prove, 300)
  }, { immediate: true })
  onBeforeUnmount(() => clearTimeout(waiting))

  const spots = computed(() => {
    const found = bySpot(findings.value)
    return Object.fromEntries(Object.entries(found).map(([spot, all]) => [spot, all.map(findingWords)]))
  })
  const said = (spot: string): string | undefined => spots.value[spot]?.join(t('calendars.run_comma'))
  const elsewhere = computed(() => spots.value[''] ?? [])
  return { findings, busy, failed, prove, said, elsewhere }
}
