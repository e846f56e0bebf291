import { mount } from 'svelte'
import './base/tokens.css'
import App from './App.svelte'
import { language, learn, speak } from './base/i18n.svelte'
import { followLinks } from './base/route.svelte'
import { trustWorker } from './base/worker'
import { start, watch } from './identity/session.svelte'

/** Nothing can be shown before there are words for it. */
async function open(): Promise<void> {
  document.documentElement.dataset['size'] = localStorage.getItem('tongguan.size') ?? 'normal'
  await learn(language())
  speak(language())
  followLinks()
  watch()
  void start()
  mount(App, { target: document.getElementById('app') as HTMLElement })
  trustWorker()
}

void open()
