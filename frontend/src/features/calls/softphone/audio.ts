/** Microphone, loudspeaker, ringing and loudness of the softphone. What was chosen is kept in this browser. */
import { ref, shallowRef } from 'vue'

export interface Device { id: string, label: string }
export interface Devices { inputs: Device[], outputs: Device[] }

const keptAs = { input: 'gongdan.softphone.input', output: 'gongdan.softphone.output' }
const read = (name: keyof typeof keptAs): string => localStorage.getItem(keptAs[name]) ?? ''

export const input = ref(read('input'))
export const output = ref(read('output'))
export const devices = shallowRef<Devices>({ inputs: [], outputs: [] })
/** One's own loudness now, 0 to 1. */
export const level = ref(0)

export const constraints = (): MediaStreamConstraints => ({
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(input.value ? { deviceId: { ideal: input.value } } : {}) },
  video: false,
})

/** Names are only told once the microphone was allowed. */
export async function findDevices(): Promise<void> {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
  const of = (kind: MediaDeviceKind): Device[] => all.filter((one) => one.kind === kind && one.deviceId).map((one) => ({ id: one.deviceId, label: one.label || one.deviceId.slice(0, 8) }))
  devices.value = { inputs: of('audioinput'), outputs: of('audiooutput') }
}

export function choose(name: keyof typeof keptAs, id: string): void {
  localStorage.setItem(keptAs[name], id)
  if (name === 'input') input.value = id
  else { output.value = id; for (const one of speakers.values()) void toOutput(one) }
}

const speakers = new Map<string, HTMLAudioElement>()
const toOutput = async (element: HTMLAudioElement): Promise<void> => { try { await element.setSinkId?.(output.value) } catch { /* The device is gone: the usual one speaks. */ } }

export function listen(line: string, stream: MediaStream): void {
  const element = speakers.get(line) ?? new Audio()
  speakers.set(line, element)
  element.srcObject = stream
  element.autoplay = true
  void toOutput(element)
  void element.play().catch(() => undefined)
}
export function silence(line: string): void {
  const element = speakers.get(line)
  if (element) { element.pause(); element.srcObject = null }
  speakers.delete(line)
}

let context: AudioContext | null = null
const sound = (): AudioContext => (context ??= new AudioContext())

let meter = 0
/** Watches one's own voice until told to stop. */
export function watchLevel(stream: MediaStream): void {
  stopLevel()
  const analyser = sound().createAnalyser()
  analyser.fftSize = 512
  const source = sound().createMediaStreamSource(stream)
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  meter = window.setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    level.value = loudness(samples)
  }, 100)
}
export function stopLevel(): void {
  clearInterval(meter)
  level.value = 0
}
/** Root mean square on a scale a person sees move: -60 dB is 0, full scale is 1. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, one) => sum + one * one, 0) / Math.max(samples.length, 1)
  return power === 0 ? 0 : Math.min(1, Math.max(0, 1 + (10 * Math.log10(power)) / 60))
}

let ringing = 0
/** Two soft tones every three seconds, as telephones do. Browsers that were not clicked in yet stay silent. */
export function ring(on: boolean): void {
  clearInterval(ringing)
  ringing = 0
  if (!on) return
  const once = (): void => {
    const [tone, gain] = [sound().createOscillator(), sound().createGain()]
    tone.frequency.value = 450
    gain.gain.value = 0.08
    tone.connect(gain).connect(sound().destination)
    tone.start()
    tone.stop(sound().currentTime + 1)
  }
  once()
  ringing = window.setInterval(once, 3_000)
}
