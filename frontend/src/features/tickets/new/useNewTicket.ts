/**
 * Opening a ticket. What is typed is kept in this browser at every stroke and dropped only when the server has it. One key per form, so
 * that a second press or a repeated request opens one ticket; the key changes when what is sent changed after a refusal.
 */
import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import { messageOf, Problem } from '@/api/http'
import { category, type CategoryDetail } from '@/api/reference'
import { myId } from '@/api/session'
import { knowCategory, knownOfCall, type CallKnown } from '@/features/calls'
import { openTicket, type VerbAnswer } from '@/api/tickets'
import { dropDraft, keepDraft, takeDraft } from '@/lib/drafts'
import { defaultsOf, type FieldDefinition } from '@/lib/fields'
import { t } from '@/lib/i18n'
import { freshKey } from '@/lib/text'
import { refreshCounts } from '../shared/counts'
import { emptyForm, fromCall, isTouched, owedBy, ticketFrom, type NewForm } from './form'

/** With `call`, the ticket of that call: its own draft, filled with what the call tells. A draft without a call waits untouched. */
export function useNewTicket(call: number | null = null) {
  const draftName = call ? `new.call.${call}` : 'new'
  const kept = takeDraft<NewForm>(myId.value, draftName)
  const form = ref<NewForm>({ ...emptyForm(), ...kept })
  const restored = ref(kept !== null && isTouched(form.value))
  const detail = shallowRef<CategoryDetail | null>(null)
  const tried = ref(false)
  const asDraft = ref(false)
  const busy = ref(false)
  const refused = ref('')
  const wrong = ref<Record<string, string>>({})
  /** Who rings is unknown to us: the customer is made along with the ticket. */
  const stranger = ref('')
  /** What the call of this page tells, whether this ticket belongs to it or not. */
  const about = shallowRef<CallKnown | null>(null)
  /** The call was asked, and what it knows stands in the form. */
  const told = ref(false)
  const opened = ref<{ answer: VerbAnswer, kind: 'submitted' | 'on_spot' | 'draft' } | null>(null)

  const fields = computed<FieldDefinition[]>(() => (detail.value?.form?.fields ?? []).map((field) => ({ ...field, mode: detail.value?.intake?.[field.code] ?? field.mode })).filter((field) => field.mode !== 'hidden'))
  const owed = computed(() => owedBy(form.value, fields.value, asDraft.value))
  const errors = computed(() => {
    const all: Record<string, string> = { ...wrong.value }
    if (tried.value) for (const name of owed.value) all[name] ??= t('tickets.owed')
    return all
  })
  const fieldErrors = computed(() => Object.fromEntries(Object.entries(errors.value).map(([name, text]) => [name.replace(/^fields\./, ''), text])))

  watch(form, (now) => { if (isTouched(now)) { keepDraft(myId.value, draftName, now); opened.value = null } else dropDraft(myId.value, draftName) }, { deep: true })
  /** The category's own form on its way. What is owed is not known before it is here, so sending waits for it. */
  let arriving: Promise<void> = Promise.resolve()
  watch(() => form.value.category, (code) => { detail.value = null; arriving = code ? learn(code) : Promise.resolve() }, { immediate: true })

  async function listen(id: number): Promise<void> {
    const apart = form.value.call === null
    if (!apart) form.value.call = id
    try {
      const known = about.value = await knownOfCall(id)
      if (apart) return
      form.value = fromCall(form.value, { ...known, call: id })
      if (!form.value.customer && known.stranger) stranger.value = known.phone
    } catch (problem) { refused.value = messageOf(problem) } finally { told.value = true }
  }
  if (call) void listen(call)

  /** Whether this ticket belongs to the call. Joined, it is filled with what the call tells. */
  function belong(on: boolean): void {
    form.value.call = on ? undefined : null
    if (on && call) void listen(call)
  }

  async function learn(code: string): Promise<void> {
    try {
      const found = await category(code)
      if (code !== form.value.category) return
      detail.value = found
      form.value.fields = { ...defaultsOf(found.form?.fields ?? []), ...form.value.fields }
    } catch (problem) { refused.value = messageOf(problem) }
  }

  async function send(draft = false): Promise<void> {
    tried.value = true
    asDraft.value = draft
    refused.value = ''
    if (busy.value) return
    busy.value = true
    await nextTick()
    await arriving
    if (owed.value.length > 0) { busy.value = false; return }
    try {
      const answer = await openTicket(ticketFrom(form.value, fields.value, draft), form.value.key)
      if (form.value.call && form.value.category) knowCategory(form.value.call, form.value.category)
      const kind = draft ? 'draft' : form.value.onSpot ? 'on_spot' : 'submitted'
      clear()
      opened.value = { answer, kind }
      void refreshCounts()
    } catch (problem) {
      refused.value = messageOf(problem)
      wrong.value = problem instanceof Problem ? problem.byField() : {}
      // A refusal is kept under its key; offline it is not known whether it arrived, so the key stays.
      if (problem instanceof Problem && problem.code !== 'offline' && problem.status < 500) form.value.key = freshKey()
    } finally { busy.value = false }
  }

  function startOver(): void {
    clear()
    if (call) belong(true)
  }

  /** Empty, and of no call: the next ticket may be of another caller. */
  function clear(): void {
    form.value = { ...emptyForm(), call: null }
    stranger.value = ''
    tried.value = false
    wrong.value = {}
    refused.value = ''
    restored.value = false
    opened.value = null
    dropDraft(myId.value, draftName)
  }

  return { form, restored, detail, fields, errors, fieldErrors, busy, refused, opened, stranger, about, told, send, belong, startOver }
}
