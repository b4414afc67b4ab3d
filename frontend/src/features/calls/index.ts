/** Calls: the phone in the bar, the pop, what is written after a call, the list of calls, who is to be called back. */
import { computed } from 'vue'
import { defineFeature } from '@/lib/feature'
import type { Dialler } from '@/ui'
import { canDo, dialNumber, me, phone } from './store'

const take = ['call.take']
const see = ['call.take', 'call.view']
const section = '/calls'

export const feature = defineFeature({
  rail: [{ label: 'calls.rail', icon: 'phone', to: '/calls', rights: see, order: 25 }],
  routes: [
    { path: '/calls', name: 'calls', component: () => import('./list/CallsPage.vue'), meta: { section, title: 'calls.title', rights: see } },
    { path: '/calls/missed', name: 'calls-missed', component: () => import('./missed/MissedPage.vue'), meta: { section, title: 'calls.missed.title', rights: take } },
    { path: '/calls/:id(\\d+)', name: 'call', component: () => import('./page/CallPage.vue'), props: (route) => ({ id: Number(route.params.id) }), meta: { section, title: 'calls.one', rights: see } },
  ],
})

/** Numbers on pages are dialled by this. */
export const dialler: Dialler = { ready: () => canDo('dial'), dial: (number, about) => { void dialNumber(number, about) } }

/** The call whose pop has the middle column; null while the page has it. */
export const popped = computed(() => (phone.place.value.shown !== null && !phone.place.value.docked ? phone.place.value.shown : null))
/** Somebody has a telephone here. */
export const hasPhone = computed(() => me.value !== null)
export { startPhone, stopPhone, loadPop } from './store'
export { knowCategory, knownOfCall, type CallKnown } from './ticket'
export { default as PhoneBar } from './bar/PhoneBar.vue'
export { default as PhoneDeck } from './bar/PhoneDeck.vue'
export { default as CallPop } from './pop/CallPop.vue'
export { default as CustomerCalls } from './shared/CustomerCalls.vue'
export { default as TicketCallLine } from './shared/TicketCallLine.vue'
