/** Why something outside could not be reached or understood, in the reader's words: the server says it in English, for logs. */
import { t } from './i18n'

const known: [RegExp, string][] = [
  [/^no answer within (\d+ ms)$/, 'late'],
  [/^No answer within (\S+) seconds\.$/, 'late_seconds'],
  [/^(?:the connection failed|No connection): (?:\[Errno -?\d+\] )?(.*)$/s, 'connection'],
  [/^(?:TLS failed|No secure connection): (.*)$/s, 'tls'],
  [/^The name could not be resolved\.$/, 'name'],
  [/^(?:it answered|The receiver answered) (\d+)/, 'status'],
  [/^Redirects are not followed/, 'redirect'],
  [/^The receiver says that nobody listens/, 'gone'],
  [/^The answer broke off: (.*)$/s, 'broken'],
  [/^it failed too often/, 'resting'],
  [/^too many questions are waiting/, 'crowded'],
  [/^it failed: (.*)$/s, 'failed'],
  [/^the entry point (\S+) is not installed$/, 'missing'],
  [/^it may not change (.*)$/s, 'may_not'],
  [/^((?:the (?:answer|decision|sentence|changes?)|no HTTP answer|it changed|the verb) .*)$/s, 'nonsense'],
]

export function failureWords(text: string): string {
  for (const [pattern, key] of known) {
    const found = pattern.exec(text)
    if (found) return t(`integrations.failures.${key}`, { what: found[1] ?? '' })
  }
  return text
}
