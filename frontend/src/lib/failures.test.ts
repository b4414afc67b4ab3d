import { beforeAll, describe, expect, it } from 'vitest'
import { failureWords } from './failures'
import { speak } from './i18n'

describe('a failure', () => {
  beforeAll(() => speak('zh-Hans'))
  it.each([
    ['no answer within 300 ms', '300 ms 内没有回答'],
    ['No answer within 15 seconds.', '15 秒内没有回答'],
    ['the connection failed: [Errno 111] Connection refused', '连不上：Connection refused'],
    ['No connection: Connection refused', '连不上：Connection refused'],
    ['The receiver answered 500.', '答复 500'],
    ['it answered 302; redirects are not followed', '答复 302'],
    ["the decision is 'maybe', not allow, refuse or change", "回答读不懂：the decision is 'maybe', not allow, refuse or change"],
    ['it may not change priority', '改了不允许改的 priority'],
    ['too many questions are waiting for an answer', '等待它回答的提问过多，这次没有询问'],
    ['something nobody foresaw', 'something nobody foresaw'],
    ['', ''],
  ])('%s', (text, words) => expect(failureWords(text)).toBe(words))
})
