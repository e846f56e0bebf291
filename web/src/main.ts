import { mount } from 'svelte'
import './base/tokens.css'
import App from './App.svelte'
import { loadCodes } from './base/codes.svelte'
import { language, speak } from './base/i18n.svelte'
import { followLinks } from './base/route.svelte'
import { trustWorker } from './base/worker'

speak(language())
document.documentElement.dataset['size'] = localStorage.getItem('tongguan.size') ?? 'normal'
followLinks()
void loadCodes()
mount(App, { target: document.getElementById('app') as HTMLElement })
trustWorker()
