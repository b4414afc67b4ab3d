/** What a policy still allows of extensions, in words. */
import type { ExtensionAllowed } from '@/api/tickets'
import { t } from '@/lib/i18n'

export function allowedWords(allowed: ExtensionAllowed | undefined): string[] {
  if (!allowed) return []
  const { granted, most, longest } = allowed
  if (granted >= most) return [t('tickets.extension.none_left', { used: granted })]
  const span = t(longest.working ? 'tickets.extension.working' : 'tickets.extension.plain', { n: longest.amount, unit: t(`tickets.extension.units.${longest.unit}`) })
  return [t('tickets.extension.used', { used: granted, most }), t('tickets.extension.longest', { span }), t(`tickets.extension.by.${allowed.decided_by}`)]
}
