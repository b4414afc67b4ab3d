/** The board's clock: the server's time, to the second, and standing still while the server cannot be heard. */
import { onMounted, onUnmounted, ref, type Ref } from 'vue'

/** `offset`: what the server's clock is ahead of ours, in milliseconds; `stands`: true while nothing is heard. */
export function useMoment(offset: Ref<number>, stands: Ref<boolean>): Ref<number> {
  const moment = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = (): void => { if (!stands.value && !document.hidden) moment.value = Date.now() + offset.value }
  onMounted(() => { tick(); timer = setInterval(tick, 1000); document.addEventListener('visibilitychange', tick) })
  onUnmounted(() => { clearInterval(timer); document.removeEventListener('visibilitychange', tick) })
  return moment
}
