/** How a token that is in force stands: alive, soon over (within seven days), expired. */
export type TokenState = 'alive' | 'soon' | 'expired'

const week = 7 * 24 * 60 * 60 * 1000

export function tokenState(expires: string | null, now: number): TokenState {
  if (!expires) return 'alive'
  const left = Date.parse(expires) - now
  if (left <= 0) return 'expired'
  return left <= week ? 'soon' : 'alive'
}
