/** Why a telephone system did not do it, in the reader's words: systems say it in English, for logs. What is not known is shown as it came. */
import { t } from '@/lib/i18n'

const known: [RegExp, string][] = [
  [/^not_able$|cannot do this|^\S+ cannot \S+\.?$/i, 'cannot'],
  [/^no_answer$|^stale$|no answer (?:within|in time)|did not answer|timed? ?out/i, 'late'],
  [/^not_connected$|is not connected|no connection|connection (?:was )?lost/i, 'connection'],
  [/^unknown$|no longer has this channel|no such (?:channel|call)/i, 'gone'],
  [/nobody has answered yet|nobody to send tones to/i, 'nobody'],
  [/no transfer is under way/i, 'no_transfer'],
  [/no agent of a queue/i, 'no_agent'],
]

export function faultText(fault: string): string {
  const found = known.find(([pattern]) => pattern.test(fault))
  return found ? t(`calls.faults.${found[1]}`) : fault || t('calls.no_reason')
}
