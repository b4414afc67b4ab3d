import { beforeAll, describe, expect, it } from 'vitest'
import { speak } from './i18n'
import { holderOf, quotedOf, sentenceWords, whoDid } from './sentences'

const titles = { nodes: { verify: '核实', repair: '维修' }, outcomes: { on_site: '上门' } }

describe('sentences', () => {
  beforeAll(() => speak('zh-Hans'))

  it('name the node where its title is known', () => {
    const said = { code: 'TicketAccepted', params: { node: 'verify', handler: '赵强' } }
    expect(sentenceWords(said, titles)).toBe('签收了「核实」')
    expect(sentenceWords(said)).toBe('签收了工单')
  })

  it('say the outcome and where it went', () => {
    const said = { code: 'TicketProcessed', params: { node: 'verify', outcome: 'valid', entered: [{ node: 'repair', department: '网络部' }] } }
    expect(sentenceWords(said, titles)).toBe('处理了「核实」：属实，到「维修」网络部')
  })

  it('use a flow’s own outcome titles, and never show a bare code', () => {
    const said = { code: 'TicketProcessed', params: { node: 'verify', outcome: 'on_site' } }
    expect(sentenceWords(said, titles)).toBe('处理了「核实」：上门')
    expect(sentenceWords(said)).toBe('处理了工单')
  })

  it('say to whom it was transferred', () => {
    expect(sentenceWords({ code: 'TicketTransferred', params: { node: 'verify', department: '网络部', team: '东区一组' } }, titles)).toBe('把「核实」转办给 东区一组')
  })

  it('say what a card is for and who is liable', () => {
    const said = { code: 'CardIssued', params: { colour: 'yellow', clock: 'node', node: 'verify', department: '网络部', handler: '赵强' } }
    expect(sentenceWords(said, titles)).toBe('发出黄牌：环节时限「核实」，责任 赵强')
    expect(sentenceWords({ code: 'CardIssued', params: { colour: 'red', clock: 'process', node: '' } })).toBe('发出红牌：全程时限')
  })

  it('say who decided what before a verb', () => {
    const decisions = [
      { interceptor: '订单检查', decision: 'allow', milliseconds: 3 },
      { interceptor: '打标', decision: 'change', changed: ['tags'] },
      { interceptor: '风控', decision: 'refuse', sentence: '还有未退的款。' },
    ]
    expect(sentenceWords({ code: 'TicketIntercepted', params: { verb: 'close', decisions } })).toBe('归档前询问：「订单检查」放行、「打标」修改标签后放行、「风控」拦截：还有未退的款。')
    expect(sentenceWords({ code: 'TicketIntercepted', params: { verb: 'close', decisions: [{ interceptor: '风控', decision: 'refuse' }] } })).toBe('归档前询问：「风控」拦截')
    expect(sentenceWords({ code: 'TicketIntercepted', params: { verb: 'open', decisions: [{ interceptor: '风控', decision: 'failed', sentence: 'no answer within 300 ms' }] } })).toBe('受理前询问：「风控」没有可用的回应（300 ms 内没有回答）')
  })

  it('say what an escalation did and whom it told', () => {
    const did = [{ what: 'urge' }, { what: 'notify', whom: 'head', names: ['王敏'] }, { what: 'notify', whom: 'next_level', names: [] }]
    expect(sentenceWords({ code: 'Escalated', params: { clock: 'process', did } })).toBe('按时限升级：催办、通知 王敏、通知上一级负责人（全程时限）')
    expect(sentenceWords({ code: 'Escalated', params: { clock: 'process', did: [] } })).toBe('按时限升级（全程时限）')
  })

  it('say what a paused ticket waits for', () => expect(sentenceWords({ code: 'TicketPaused', params: { waiting_for: 'customer' } })).toBe('暂停了工单（等待客户）'))

  it('show an unknown event as it is', () => expect(sentenceWords({ code: 'SomethingNew', params: {} })).toBe('SomethingNew'))

  it('quote what was written', () => {
    expect(quotedOf({ code: 'TicketReturned', params: { reason: '资料不全' } })).toBe('资料不全')
    expect(quotedOf({ code: 'CustomerCalledBack', params: { result: 'satisfied', note: '谢谢' } })).toBe('谢谢')
  })

  it('call nobody the system', () => {
    expect(whoDid(null)).toBe('系统')
    expect(whoDid('system')).toBe('系统')
    expect(whoDid({ name: 'system' })).toBe('系统')
    expect(whoDid({ name: '赵强' })).toBe('赵强')
  })

  it('prefer the person to the queue', () => {
    expect(holderOf({ department: '网络部', handler: '赵强' })).toBe('赵强')
    expect(holderOf({ department: '网络部', role: 'supervisor' })).toBe('网络部 · supervisor')
  })
})
