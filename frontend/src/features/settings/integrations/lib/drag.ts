/** Dragging a line by its handle. The window is listened to: a line that changes places would lose the pointer. */
import { onBeforeUnmount, ref, type Ref } from 'vue'

export function useDrag(may: () => boolean, dragged: (y: number) => void): { dragging: Ref<boolean>, grab: (event: PointerEvent) => void } {
  const dragging = ref(false)
  const follow = (event: PointerEvent): void => dragged(event.clientY)
  function letGo(): void {
    dragging.value = false
    window.removeEventListener('pointermove', follow)
    for (const end of ['pointerup', 'pointercancel']) window.removeEventListener(end, letGo)
  }
  function grab(event: PointerEvent): void {
    if (!may() || event.button !== 0) return
    dragging.value = true
    window.addEventListener('pointermove', follow)
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, letGo)
  }
  onBeforeUnmount(letGo)
  return { dragging, grab }
}
