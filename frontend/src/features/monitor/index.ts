/** 监控: what happens this moment. The line's live board. */
import { defineFeature } from '@/lib/feature'

const rights = ['call.supervise']

export const feature = defineFeature({
  rail: [{ label: 'monitor.rail', icon: 'monitor', to: '/monitor', rights, order: 60 }],
  routes: [
    { path: '/monitor', redirect: '/monitor/line' },
    { path: '/monitor/line', name: 'monitor-line', component: () => import('./LinePage.vue'), meta: { title: 'monitor.title', rights } },
  ],
})
