/** Titles of a ticket's nodes and outcomes, for its sentences. */
import type { Track } from '@/api/tickets'
import { localized } from '@/lib/i18n'
import type { Titles } from '@/lib/sentences'

export function titlesOf(track: Track): Titles {
  return {
    nodes: Object.fromEntries(track.strip.nodes.map((node) => [node.code, localized(node.title)])),
    outcomes: Object.fromEntries(track.items.filter((item) => item.outcome_title).map((item) => [item.outcome, localized(item.outcome_title)])),
  }
}
