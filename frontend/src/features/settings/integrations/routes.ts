/** The pages of 集成: webhooks, interceptors, and everything that reads the events. */
import type { RouteRecordRaw } from 'vue-router'

const page = (code: string) => ({ title: `settings.pages.${code}.title`, rights: ['admin.integrations'] })
const byId = ({ params }: { params: Record<string, string | string[]> }) => ({ id: Number(params.id) })

export const integrationRoutes: RouteRecordRaw[] = [
  { path: 'webhooks', component: () => import('./webhooks/Webhooks.vue'), meta: page('webhooks') },
  { path: 'webhooks/new', component: () => import('./webhooks/NewWebhook.vue'), meta: page('webhooks') },
  { path: 'webhooks/:id(\\d+)', component: () => import('./webhooks/WebhookPage.vue'), props: byId, meta: page('webhooks') },
  { path: 'interceptors', component: () => import('./interceptors/Interceptors.vue'), meta: page('interceptors') },
  { path: 'interceptors/new', component: () => import('./interceptors/NewInterceptor.vue'), meta: page('interceptors') },
  { path: 'interceptors/:id(\\d+)', component: () => import('./interceptors/InterceptorPage.vue'), props: byId, meta: page('interceptors') },
  { path: 'listeners', component: () => import('./listeners/Listeners.vue'), meta: page('listeners') },
]
