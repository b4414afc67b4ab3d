/** Yellow and red cards: the page of all of them, and the list that stands on a ticket's page. */
import { defineAsyncComponent } from 'vue'
import { defineFeature } from '@/lib/feature'

export const CardList = defineAsyncComponent(() => import('./CardList.vue'))

export const feature = defineFeature({
  rail: [{ label: 'cards.rail', icon: 'cards', to: '/cards', rights: [], order: 40 }],
  routes: [{ path: '/cards', name: 'cards', component: () => import('./CardsPage.vue'), meta: { title: 'cards.title' } }],
})
