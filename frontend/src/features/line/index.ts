/** 统计: what is known about the line over time. */
import { defineFeature } from '@/lib/feature'

const rights = ['report.view']

export const feature = defineFeature({
  rail: [{ label: 'line.rail', icon: 'chart', to: '/reports', rights, order: 70 }],
  routes: [
    { path: '/reports', redirect: '/reports/line' },
    { path: '/reports/line', name: 'line', component: () => import('./LinePage.vue'), meta: { title: 'line.title', rights } },
  ],
})
