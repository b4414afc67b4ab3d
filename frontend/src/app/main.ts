/** Start of the desk: the look, the words, who is signed in, then the page. */
import { createApp } from 'vue'
import '@/ui/theme'
import { lookups } from '@/api/lookups'
import { markExpired, whoAmI } from '@/api/session'
import { whenSignedOut } from '@/api/http'
import { firstLocale, i18n, speak } from '@/lib/i18n'
import { startClock } from '@/lib/now'
import { listenForKeys } from '@/lib/shortcuts'
import { chosenTheme, followSystem, wear } from '@/lib/theme'
import { lookupsKey } from '@/ui/lookups'
import App from './App.vue'
import { router } from './router'

async function start(): Promise<void> {
  wear(chosenTheme())
  followSystem()
  startClock()
  listenForKeys()
  whenSignedOut(markExpired)
  await speak(firstLocale())
  await whoAmI().catch(() => null)
  createApp(App).use(i18n).use(router).provide(lookupsKey, lookups).mount('#app')
}

void start()
