/** How much waits in each list: one answer shared by all who show it, asked again when something changes. */
import { onMounted, readonly, ref } from 'vue'
import { readCounts, type Counts } from '@/api/tickets'
import { useLive } from '@/live'

const counts = ref<Counts | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

export async function refreshCounts(): Promise<void> {
  try { counts.value = await readCounts() } catch { /* the last counts stay */ }
}

/** Several changes in a row ask once. */
function soon(): void {
  clearTimeout(timer)
  timer = setTimeout(() => { void refreshCounts() }, 400)
}

export function useCounts() {
  onMounted(() => { void refreshCounts() })
  useLive(soon)
  return readonly(counts)
}
