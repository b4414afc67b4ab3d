/** A drawing as ECharts wants it. Colours and words come in; nothing moves by itself. */
import type { Drawing, Tone } from './drawing'

export interface Look { ink: string, line: string, font: string, healthy: string, chosen: string, tones: Record<Tone, string> }
export interface Said { name: (measure: string) => string, value: (value: number | null, format: Drawing['format']) => string, target: string }

const amountAxis = (drawing: Drawing): 'xAxis' | 'yAxis' => (lies(drawing) ? 'xAxis' : 'yAxis')

const marks = (drawing: Drawing, look: Look, said: Said): object => ({
  ...(drawing.target === null ? {} : { markLine: { silent: true, symbol: 'none', animation: false, lineStyle: { color: look.ink, type: 'dashed', width: 1 }, label: { formatter: said.target, color: look.ink, position: lies(drawing) ? 'end' : 'insideEndTop', rotate: 0 }, data: [{ [amountAxis(drawing)]: drawing.target }] } }),
  ...(drawing.band === null ? {} : { markArea: { silent: true, animation: false, itemStyle: { color: look.healthy }, label: { show: false }, data: [[{ [amountAxis(drawing)]: drawing.band[0] }, { [amountAxis(drawing)]: drawing.band[1] }]] } }),
})

/** Many names stand upright only when there is room: people and queues lie on their side. */
export const lies = (drawing: Drawing): boolean => drawing.keys.length > 0 && drawing.labels.some((label) => !/^[\d:-]+$/.test(label))
const shortLabel = (label: string): string => (/^\d{4}-\d\d-\d\d$/.test(label) ? label.slice(5) : label)

const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600]
/** Seconds are parted by whole quarter minutes, minutes and hours: the first step that needs at most five lines. */
export function secondsStep(most: number): number {
  return steps.find((step) => most / step <= 5) ?? Math.ceil(most / 5 / 3600) * 3600
}
function mostOf(drawing: Drawing): number {
  const sums = drawing.keys.map((_, at) => {
    const values = drawing.series.map((one) => one.values[at] ?? 0)
    return drawing.series[0]?.stacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values)
  })
  return Math.max(1, ...sums)
}

export function optionOf(drawing: Drawing, look: Look, said: Said, chosen: string | null): Record<string, unknown> {
  const sideways = lies(drawing)
  const labels = drawing.labels.map(shortLabel)
  const text = { color: look.ink, fontSize: 12, fontFamily: look.font }
  const category = { type: 'category', data: labels, inverse: sideways, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } }, axisLabel: { ...text, hideOverlap: true, width: sideways ? 120 : undefined, overflow: 'truncate' }, triggerEvent: true }
  const top = drawing.format === 'percent' && drawing.topic !== 'abandon' && drawing.topic !== 'long' ? { max: 1, interval: 0.25 } : {}
  const reach = drawing.target === null ? {} : { max: (extent: { max: number }) => Math.ceil(Math.max(extent.max, drawing.target ?? 0) * 0.105) * 10 }
  const whole = drawing.format === 'count' ? { minInterval: 1 } : drawing.format === 'seconds' ? { interval: secondsStep(mostOf(drawing)) } : {}
  const amount = { type: 'value', min: 0, ...top, ...reach, ...whole, splitNumber: 4, splitLine: { lineStyle: { color: look.line } }, axisLabel: { ...text, formatter: (value: number) => said.value(value, drawing.format) } }
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: text,
    grid: { left: 8, right: 16, top: drawing.series.length > 1 ? 36 : sideways && drawing.target !== null ? 28 : 16, bottom: 8, containLabel: true },
    legend: { show: drawing.series.length > 1, top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: text, inactiveColor: look.line },
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow', shadowStyle: { opacity: 0.06 } }, valueFormatter: (value: unknown) => said.value(typeof value === 'number' ? value : null, drawing.format), textStyle: { fontSize: 12, fontFamily: look.font } },
    xAxis: sideways ? amount : category,
    yAxis: sideways ? category : amount,
    series: drawing.series.map((one, index) => ({
      name: said.name(one.measure), type: one.kind, ...(one.stacked ? { stack: 'all' } : {}), barMaxWidth: 28, barMinHeight: 0, symbolSize: 5, connectNulls: false,
      itemStyle: { color: look.tones[one.tone] }, lineStyle: { width: 2, color: look.tones[one.tone] }, emphasis: { disabled: true },
      data: one.values.map((value, at) => (chosen !== null && drawing.keys[at] === chosen && one.kind === 'bar' && index === 0 ? { value, itemStyle: { color: look.chosen } } : value)),
      ...(index === 0 ? marks(drawing, look, said) : {}),
    })),
  }
}

const long = (hex: string): string => hex.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3')
const channels = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
/** `share` of one colour on another, both #rrggbb or #rgb; as it stands where either is written otherwise. */
export function mixed(over: string, ground: string, share: number): string {
  const [one, other] = [long(over), long(ground)]
  if (![one, other].every((hex) => /^#[0-9a-f]{6}$/i.test(hex))) return over
  const under = channels(other)
  return `#${channels(one).map((value, at) => Math.round(value * share + (under[at] ?? 0) * (1 - share)).toString(16).padStart(2, '0')).join('')}`
}

/** Room for each line that lies on its side; one height for what stands. */
export const heightOf = (drawing: Drawing): number => (lies(drawing) ? Math.min(1400, Math.max(180, 60 + drawing.keys.length * 26)) : 260)
