import { mount } from 'svelte'
import './base/tokens.css'
import App from './App.svelte'
import { language, speak } from './base/i18n.svelte'
import { followLinks } from './base/route.svelte'
import { trustWorker } from './base/worker'
import { start, watch } from './identity/session.svelte'

speak(language())
document.documentElement.dataset['size'] = localStorage.getItem('tongguan.size') ?? 'normal'
followLinks()
watch()
void start()
mount(App, { target: document.getElementById('app') as HTMLElement })
trustWorker()
