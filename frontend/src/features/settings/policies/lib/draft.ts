/** A policy being edited: kept in this browser until it is published, checked by the server as one types. */
import { computed, onBeforeUnmount, reactive, ref, watch, type ComputedRef, type Ref } from 'vue'
import { checkTerms, type Finding, type Policy, type Terms } from '@/api/policies'
import { messageOf } from '@/api/http'
import { myId } from '@/api/session'
import { dropDraft, keepDraft, takeDraft } from '@/lib/drafts'
import { copyOf, freshTerms, sameTerms, sentTerms } from './terms'

export interface Written { code: string, names: Record<string, string>, terms: Terms }

export interface Draft {
  draft: Written
  fromDraft: Ref<boolean>
  findings: Ref<Finding[]>
  checking: Ref<boolean>
  failed: Ref<string>
  namesChanged: ComputedRef<boolean>
  termsChanged: ComputedRef<boolean>
  check: () => Promise<void>
  discard: () => void
  forget: () => void
}

const namesOf = (policy: Policy | null): Record<string, string> => (policy && typeof policy.names !== 'string' ? { ...policy.names } : {})
const filled = (names: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(names).map(([locale, text]) => [locale, text.trim()] as const).filter(([, text]) => text).sort())
export const sentNames = filled

/** `begin` is a former version to start from. */
export function useDraft(policy: Policy | null, begin: Terms | null): Draft {
  const name = `policy.${policy?.code ?? ''}`
  const kept = begin ? null : takeDraft<Written>(myId.value, name)
  const published = (): Written => ({ code: policy?.code ?? '', names: namesOf(policy), terms: policy ? copyOf(policy.terms) : freshTerms() })
  const draft = reactive<Written>({ ...(kept ?? published()), ...(begin ? { terms: copyOf(begin) } : {}) })
  if (begin) keepDraft(myId.value, name, draft)
  const fromDraft = ref(kept !== null && JSON.stringify(kept) !== JSON.stringify(published()))
  const findings = ref<Finding[]>([])
  const checking = ref(true)
  const failed = ref('')

  let turn = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  async function check(): Promise<void> {
    const mine = ++turn
    checking.value = true
    try {
      const found = await checkTerms(sentTerms(draft.terms), policy?.code)
      if (mine !== turn) return
      findings.value = found
      failed.value = ''
    } catch (reason) { if (mine === turn) failed.value = messageOf(reason) } finally { if (mine === turn) checking.value = false }
  }

  watch(draft, () => {
    keepDraft(myId.value, name, draft)
    checking.value = true
    turn++
    clearTimeout(waiting)
    waiting = setTimeout(check, 350)
  })
  onBeforeUnmount(() => clearTimeout(waiting))

  function forget(): void { dropDraft(myId.value, name) }
  function discard(): void {
    Object.assign(draft, published())
    fromDraft.value = false
    setTimeout(forget)
  }
  const namesChanged = computed(() => JSON.stringify(filled(draft.names)) !== JSON.stringify(filled(namesOf(policy))))
  const termsChanged = computed(() => policy === null || !sameTerms(draft.terms, policy.terms))
  return { draft, fromDraft, findings, checking, failed, namesChanged, termsChanged, check, discard, forget }
}
