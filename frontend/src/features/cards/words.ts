/** What a card is about, in words, the same wherever a card is shown. */
import type { Card } from '@/api/cards'
import { localized, t } from '@/lib/i18n'

/** 环节时限「核实」, 全程时限. */
export function aboutOf(card: Pick<Card, 'clock_kind' | 'node' | 'node_title'>): string {
  const kind = t(`clocks.kinds.${card.clock_kind}`)
  const node = card.clock_kind === 'process' ? '' : localized(card.node_title) || card.node
  return node ? t('clocks.of_node', { kind, node }) : kind
}

/** Who is liable: the person, else the department. */
export const liableOf = (card: Pick<Card, 'staff' | 'department'>): string => card.staff?.name ?? card.department?.name ?? t('cards.nobody')

export type Tone = 'normal' | 'soon' | 'late' | 'mine' | 'done'
/** An appeal waits for somebody's decision: act here. */
export const toneOf = (card: Pick<Card, 'state'>): Tone => (card.state === 'appealed' ? 'mine' : 'normal')
