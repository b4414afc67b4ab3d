/** A list that grows by its cursor and can refresh in place without losing what is already shown. */
import { computed, ref, shallowRef, type Ref } from 'vue'
import { messageOf, Problem } from './http'

export interface Page<T> { items: T[], next: string | null }

export interface Paged<T> {
  items: Ref<T[]>
  loading: Ref<boolean>
  loadingMore: Ref<boolean>
  error: Ref<string>
  more: Ref<boolean>
  load(): Promise<void>
  loadMore(): Promise<void>
  refresh(): Promise<void>
}

/** `fetchPage(after, limit)` answers one page; `limit` grows on refresh to what is already shown (at most 200). */
export function usePaged<T>(fetchPage: (after: string | null, limit: number) => Promise<Page<T>>, size = 50): Paged<T> {
  const items = shallowRef<T[]>([]) as Ref<T[]>
  const next = ref<string | null>(null)
  const loading = ref(false)
  const loadingMore = ref(false)
  const error = ref('')
  let turn = 0

  async function take(limit: number, quiet: boolean): Promise<void> {
    const mine = ++turn
    loading.value = !quiet
    try {
      const page = await fetchPage(null, limit)
      if (mine !== turn) return
      items.value = page.items
      next.value = page.next
      error.value = ''
    } catch (problem) {
      if (mine === turn && !(quiet && problem instanceof Problem && problem.code === 'offline')) error.value = messageOf(problem)
    } finally { if (mine === turn) { loading.value = false; loadingMore.value = false } }
  }

  async function loadMore(): Promise<void> {
    if (!next.value || loadingMore.value) return
    const mine = turn
    loadingMore.value = true
    try {
      const page = await fetchPage(next.value, size)
      if (mine !== turn) return
      items.value = [...items.value, ...page.items]
      next.value = page.next
    } catch (problem) { error.value = messageOf(problem) } finally { loadingMore.value = false }
  }

  return {
    items, loading, loadingMore, error, more: computed(() => next.value !== null) as Ref<boolean>,
    load: () => { items.value = []; return take(size, false) },
    loadMore,
    refresh: () => take(Math.min(200, Math.max(size, items.value.length)), true),
  }
}
