/** Which tickets changed since I last looked at them, kept in this browser; the oldest 500 are forgotten. */
import { reactive } from 'vue'

const key = 'gongdan.seen'
const most = 500

function load(): Record<string, string> {
  try { return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, string> } catch { return {} }
}

const seen = reactive<Record<string, string>>(load())

export function markSeen(number: string, updatedAt: string): void {
  delete seen[number]
  seen[number] = updatedAt
  const numbers = Object.keys(seen)
  for (const old of numbers.slice(0, Math.max(0, numbers.length - most))) delete seen[old]
  try { localStorage.setItem(key, JSON.stringify(seen)) } catch { /* closed */ }
}

/** Changed since seen; what was never opened is not "changed" but new, which its state says already. */
export function changedSinceSeen(number: string, updatedAt: string): boolean {
  const last = seen[number]
  return last !== undefined && Date.parse(updatedAt) > Date.parse(last)
}
