/** The pages of 电话: systems, extensions, lines and queues, how the line is run, what came in. */
import type { RouteRecordRaw } from 'vue-router'

const page = (code: string) => ({ title: `settings.pages.phone_${code}.title`, rights: ['admin.phone'] })

export const phoneRoutes: RouteRecordRaw[] = [
  { path: 'phone', redirect: '/settings/phone/systems' },
  { path: 'phone/systems', component: () => import('./systems/Systems.vue'), meta: page('systems') },
  { path: 'phone/systems/new', component: () => import('./systems/NewSystem.vue'), meta: page('systems') },
  { path: 'phone/systems/:code', component: () => import('./systems/SystemPage.vue'), props: true, meta: page('systems') },
  { path: 'phone/extensions', component: () => import('./extensions/Extensions.vue'), meta: page('extensions') },
  { path: 'phone/lines', component: () => import('./lines/LinesPage.vue'), meta: page('lines') },
  { path: 'phone/rules', component: () => import('./rules/RulesPage.vue'), meta: page('rules') },
  { path: 'phone/signals', component: () => import('./signals/SignalsPage.vue'), meta: page('signals') },
]
