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

  it('show an unknown event as it is', () => expect(sentenceWords({ code: 'SomethingNew', params: {} })).toBe('SomethingNew'))

  it('quote what was written', () => {
    expect(quotedOf({ code: 'TicketReturned', params: { reason: '资料不全' } })).toBe('资料不全')
    expect(quotedOf({ code: 'CustomerCalledBack', params: { result: 'satisfied', note: '谢谢' } })).toBe('谢谢')
  })

  it('call nobody the system', () => {
    expect(whoDid(null)).toBe('系统')
    expect(whoDid({ name: '赵强' })).toBe('赵强')
  })

  it('prefer the person to the queue', () => {
    expect(holderOf({ department: '网络部', handler: '赵强' })).toBe('赵强')
    expect(holderOf({ department: '网络部', role: 'supervisor' })).toBe('网络部 · supervisor')
  })
})
