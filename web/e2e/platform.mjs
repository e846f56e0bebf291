/** Hands the platform's address and the sender's credential on to the specs, which run in vitest's workers. */
export default function setup({ provide }) {
  provide('url', process.env.TONGGUAN_URL)
  provide('token', process.env.TONGGUAN_TOKEN)
}
