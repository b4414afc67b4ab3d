/** Reads again now and then, while the page is looked at. Nothing is asked of a page in the background. */
import { onMounted, onUnmounted } from 'vue'

export function useEvery(milliseconds: number, run: () => unknown): void {
  let timer: ReturnType<typeof setInterval> | undefined
  const turn = () => { if (document.visibilityState === 'visible') run() }
  onMounted(() => {
    timer = setInterval(turn, milliseconds)
    document.addEventListener('visibilitychange', turn)
  })
  onUnmounted(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', turn)
  })
}
