/** What the pickers need to know from outside. `app` provides it from the API, tests provide their own. */
import { inject, type InjectionKey } from 'vue'

export interface StaffOption { id: number, name: string, department?: { id: number, name: string } | null, username?: string }
export interface DepartmentOption { id: number, name: string, parent: number | null, code?: string }
export interface TeamOption { id: number, name: string, department?: { id: number, name: string } | null }
export interface CategoryOption { id: number, code: string, name: string, parent: number | null, initials: string, kind: string | null, priority: number | null }
export interface UploadedFile { id: number, name: string, size: number, content_type: string }

export interface Lookups {
  staff(query: string): Promise<StaffOption[]>
  departments(): Promise<DepartmentOption[]>
  teams(): Promise<TeamOption[]>
  categories(): Promise<CategoryOption[]>
  upload(file: File): Promise<UploadedFile>
  attachmentUrl(id: number): string
  recordingUrl(callId: number, id: number, download: boolean): string
}

export const lookupsKey: InjectionKey<Lookups> = Symbol('lookups')

export function useLookups(): Lookups {
  const lookups = inject(lookupsKey)
  if (!lookups) throw new Error('The pickers need lookups: provide lookupsKey.')
  return lookups
}
