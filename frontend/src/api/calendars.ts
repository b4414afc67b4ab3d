/** Working calendars, whose calendar is which, and the official tables of holidays. */
import { freshKey } from '@/lib/text'
import { call, get, patch, post } from './http'

/** "09:00" to "12:00"; an end at or before the start lies on the next day; "24:00" is allowed as an end. */
export type Interval = [string, string]
export type Names = Record<string, string>

/** Own days on top of the week and the official tables; the last one that names a day wins; no hours mean off. */
export interface OwnDays { from: string, to: string, hours: Interval[], name: string }

export interface Definition {
  time_zone: string
  /** Seven days from Monday. */
  week: Interval[][]
  /** Region whose official tables count; "" goes by weekday only. */
  holidays: string
  /** Hours on make-up days; null: those of the first weekday that has hours. */
  makeup: Interval[] | null
  exceptions: OwnDays[]
  /** Length of one working day in minutes; null: the commonest weekday's. */
  day_minutes: number | null
}

export interface Person { id: number, name: string }

export interface CalendarLine {
  code: string
  names: Names
  is_default: boolean
  number: number
  version: number
  time_zone: string
  week: Interval[][]
  holidays: string
  departments: Person[]
  provisional_years: number[]
}

export interface CalendarVersion { number: number, created_at: string, created_by: Person | null, reason: string }
export interface Calendar extends CalendarLine { definition: Definition, versions: CalendarVersion[] }

export const kinds = ['work', 'rest', 'holiday', 'makeup', 'exception', 'off'] as const
export type DayKind = (typeof kinds)[number]
export interface Day { date: string, kind: DayKind, name: string, hours: Interval[], minutes: number }
export interface Year { year: number, provisional: boolean, days: Day[] }

export interface Finding { field: string, code: string, detail: string, place: string, params?: Record<string, unknown> }
export interface Check { findings: Finding[], days?: Day[] }

export interface ReckonSpan { start: string, end: string, counted: boolean, why: string, seconds: number }
export interface Reckoning { due: string, provisional: boolean, spans: ReckonSpan[] }

export interface DepartmentLine { department_id: number, name: string, path: string | string[], own: string | null, effective: string | null, from_department_id: number | null }

/** `days`: {"2026-02-14": ["makeup", "春节"]}. */
export interface HolidayTable { region: string, year: number, edition: number, days: Record<string, [string, string]>, source: string, added_at: string }
export interface Refreshed { added: { region: string, year: number, edition: number }[], corrected: number, reports: number[] }
export interface ReportLine { ticket: string, clock: string, node: string, old_due: string, new_due: string }
export interface Report { id: number, at: string, calendar: string, number: number, lines: ReportLine[] }

const at = (code: string): string => `/calendars/${encodeURIComponent(code)}`
const itemsOf = async <T>(path: string): Promise<T[]> => (await get<{ items: T[] }>(path)).items

export const calendars = (): Promise<CalendarLine[]> => itemsOf('/calendars')
export const calendar = (code: string): Promise<Calendar> => get(at(code))
export const createCalendar = (code: string, names: Names, definition: Definition): Promise<Calendar> => post('/calendars', { code, names, definition }, freshKey())
/** `version` is what was read: a newer one on the server refuses the change. */
export const publishCalendar = (code: string, definition: Definition, version: number, reason = ''): Promise<Calendar> => post(`${at(code)}/versions`, { definition, version, reason }, freshKey())
export const changeCalendar = (code: string, change: { names?: Names, is_default?: boolean, version: number }): Promise<Calendar> => patch(at(code), change)
export const calendarYear = (code: string, year: number): Promise<Year> => get(`${at(code)}/years/${year}`)
/** `hours` null takes the own days away. */
export const setDays = (code: string, days: { from: string, to: string, hours: Interval[] | null, name: string, version: number }): Promise<Calendar> => post(`${at(code)}/days`, days, freshKey())
export const checkCalendar = (definition: Definition, year?: number): Promise<Check> => post('/calendars/check', { definition, ...(year ? { year } : {}) })
export const reckon = (code: string, start: string, minutes: number): Promise<Reckoning> => get(`${at(code)}/reckon`, { start, minutes })
export const departmentCalendars = (): Promise<DepartmentLine[]> => itemsOf('/calendars/departments')
export const setDepartmentCalendar = (id: number, code: string | null): Promise<unknown> => call('PUT', `/departments/${id}/calendar`, { body: { calendar: code } })
export const holidayTables = (): Promise<HolidayTable[]> => itemsOf('/calendars/holidays')
export const refreshHolidays = (): Promise<Refreshed> => post('/calendars/holidays/refresh')
export const correctionReports = (): Promise<Report[]> => itemsOf('/calendars/reports')
