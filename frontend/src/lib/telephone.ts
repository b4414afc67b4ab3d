/** Why a telephone system cannot be heard, in the reader's words: the server says it in English, for logs. */
import { t } from './i18n'

const known: [RegExp, string][] = [
  [/^the connection was closed$/i, 'closed'],
  [/Connection refused|Connect call failed|\[Errno 111\]/, 'nobody'],
  [/Name or service not known|nodename nor servname|Temporary failure in name resolution|\[Errno -[23]\]/, 'name'],
  [/No route to host|Network is unreachable|Host is unreachable|\[Errno 11[03]\]|\[Errno 101\]/, 'route'],
  [/timed? ?out|TimeoutError|no answer within|\[Errno 110\]/i, 'late'],
  [/Connection reset|Broken pipe|\[Errno (104|32)\]|EOFError|IncompleteRead/, 'broken'],
  [/authentication|invalid (user|password|secret)|-ERR invalid|access denied|password/i, 'password'],
  [/rude-rejection|acl/i, 'acl'],
  [/^a fault of ours/, 'ours'],
]

/** What is known is said; the rest stays as the server said it. */
export function connectionWords(words: string): string {
  const found = known.find(([pattern]) => pattern.test(words))
  return found ? t(`telephony.failures.${found[1]}`) : words
}
