/** Hands the platform's address, the sender's credential and the officers' sessions on to the specs, which run in vitest's workers. */
import { signIn } from './signin.mjs'

export default async function setup({ provide }) {
  const url = process.env.TONGGUAN_URL
  const accounts = process.env.TONGGUAN_ACCOUNTS
  provide('url', url)
  provide('token', process.env.TONGGUAN_TOKEN)
  provide('accounts', accounts)
  provide('mail', process.env.TONGGUAN_MAIL)
  provide('door', process.env.TONGGUAN_DOOR ?? '')
  provide('radius', process.env.TONGGUAN_RADIUS ?? '')
  provide('officer', await signIn(url, accounts, 'officer'))
  provide('administrator', await signIn(url, accounts, 'headquarters'))
  provide('second', await signIn(url, accounts, 'second'))
}
