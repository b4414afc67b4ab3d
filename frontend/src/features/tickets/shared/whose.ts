/** Whose turn it is, in words: the person, else the queue. */
import { localized } from '@/lib/i18n'
import type { Present } from '@/api/tickets'

export function whose(item: Pick<Present, 'handler' | 'team' | 'department' | 'role'>): string {
  const queue = item.team?.name ?? item.department?.name ?? ''
  if (item.handler) return item.handler.name
  return [queue, item.role?.name].filter(Boolean).join(' · ')
}

export function placesOf(present: readonly Present[]): string {
  return [...new Set(present.map((one) => localized(one.node_title)))].join(' / ')
}
