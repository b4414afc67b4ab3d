/** What a player of recordings reckons. Pure; seconds and shares of 0..1. */
export const speeds = [0.75, 1, 1.25, 1.5, 2] as const

const two = (n: number): string => String(n).padStart(2, '0')

/** 0:07, 02:31, 1:02:31 as minutes and seconds, with hours only when there are some; "–" for what is not known. */
export function clockText(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–'
  const whole = Math.max(0, Math.floor(seconds))
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${rest}` : rest
}

/** `count` heights of 0..1 from loudnesses of 0..100: the loudest of each stretch, so that no word is lost. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return []
  const wanted = Math.max(1, Math.min(count, peaks.length))
  return Array.from({ length: wanted }, (_, at) => {
    const from = Math.floor((at * peaks.length) / wanted)
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / wanted))
    return Math.min(1, Math.max(0, Math.max(...peaks.slice(from, to)) / 100))
  })
}

/** The bars as one path in a box of `bars.length` × 100, each around the middle; silence still shows a hair. */
export function wavePath(bars: readonly number[]): string {
  return bars.map((height, at) => {
    const half = Math.max(2, height * 46)
    return `M${at + 0.2} ${50 - half}h.6v${half * 2}h-.6z`
  }).join('')
}

export const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

export const shareOf = (at: number, seconds: number): number => (seconds > 0 ? within(at / seconds, 0, 1) : 0)

/** Where a key takes the player: arrows 5 s, pages 30 s, Home and End; null for other keys. */
export function seekByKey(key: string, at: number, seconds: number): number | null {
  const steps: Record<string, number> = { ArrowRight: 5, ArrowUp: 5, ArrowLeft: -5, ArrowDown: -5, PageUp: 30, PageDown: -30 }
  if (key === 'Home') return 0
  if (key === 'End') return seconds
  const step = steps[key]
  return step === undefined ? null : within(at + step, 0, seconds)
}
