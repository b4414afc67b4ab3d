/** What the settings read and write of flows. */
import { get, post } from '@/api/http'
import type { Text } from '@/lib/fields'
import { freshKey } from '@/lib/text'

export interface VersionLine { number: number, published_at: string, published_by: { id: number, name: string } | null }
export interface FlowLine { code: string, title: Text, current: VersionLine | null, categories: number }

export interface DrawnNode { code: string, title: Text, kind: string, x: number, y: number }
export interface DrawnEdge { from: string, to: string, back?: boolean, label?: string }
export interface Drawn { nodes: DrawnNode[], edges: DrawnEdge[], columns?: number, lanes?: number }

/** What another version touches: categories whose new tickets take it, open tickets that stay with theirs. */
export interface Touches { open_tickets: { count: number, more: boolean }, categories: { code: string, name: string }[] }

export interface Flow { code: string, title: Text, current: VersionLine | null, document?: string, strip?: Drawn, versions: VersionLine[], touches: Touches }
export interface FlowVersion extends VersionLine { document: string, strip: Drawn }

export interface Finding { code: string, place: string, detail: string, line: number | null }
export interface Check { sound: boolean, findings: Finding[], strip: Drawn | null, touches: Touches }

const at = (code: string) => `/flows/${encodeURIComponent(code)}`

export const flows = async () => (await get<{ items: FlowLine[] }>('/flows')).items
export const flow = (code: string) => get<Flow>(at(code))
export const flowVersion = (code: string, number: number) => get<FlowVersion>(`${at(code)}/versions/${number}`)
export const check = (code: string, document: string) => post<Check>(`${at(code)}/check`, { document })
export const publish = (code: string, document: string) => post<{ flow: string, number: number }>(`${at(code)}/versions`, { document }, freshKey())
