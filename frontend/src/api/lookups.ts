/** The pickers' answers, from the API. */
import type { Lookups } from '@/ui/lookups'
import { base, urlOf } from './http'
import { catalogue, departments, findStaff, teams } from './reference'
import { upload } from './tickets'

export const lookups: Lookups = {
  staff: findStaff,
  departments,
  teams,
  categories: catalogue,
  upload,
  attachmentUrl: (id) => `${base}/attachments/${id}`,
  recordingUrl: (callId, id, download) => urlOf(`/calls/${callId}/recordings/${id}/audio`, { download: download ? 1 : 0 }),
}
