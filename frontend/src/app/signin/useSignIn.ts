/** Signing in: what was wrong, and after too many tries how many seconds are left. */
import { computed, onUnmounted, ref } from 'vue'
import { messageOf, Problem } from '@/api/http'
import { signIn } from '@/api/session'
import { t } from '@/lib/i18n'

export function useSignIn(done: () => void) {
  const busy = ref(false)
  const error = ref('')
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function lock(seconds: number): void {
    left.value = Math.max(1, Math.ceil(seconds))
    clearInterval(timer)
    timer = setInterval(() => {
      left.value -= 1
      if (left.value <= 0) { clearInterval(timer); error.value = '' }
    }, 1_000)
  }

  async function send(username: string, password: string): Promise<void> {
    if (busy.value || left.value > 0) return
    busy.value = true
    error.value = ''
    try {
      await signIn(username.trim(), password)
      done()
    } catch (problem) {
      error.value = messageOf(problem)
      if (problem instanceof Problem && problem.status === 429) lock(Number(problem.params.retry_after ?? 30))
    } finally { busy.value = false }
  }

  onUnmounted(() => clearInterval(timer))
  return { busy, left, send, said: computed(() => (left.value > 0 ? t('app.locked', { seconds: left.value }) : error.value)) }
}
