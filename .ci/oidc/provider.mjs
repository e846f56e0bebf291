// A real sign-on service for the tests: node provider.mjs CLIENT SECRET REDIRECT. Says "ready PORT" and serves on loopback
// until it is ended. Whoever types a name into its form is that person.
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'

const [client, secret, redirect] = process.argv.slice(2)
const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const { privateKey: rsa } = await generateKeyPair('RS256', { extractable: true })
const server = createServer((request, response) => provider.callback()(request, response))
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
const { port } = server.address()

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: client,
      client_secret: secret,
      redirect_uris: [redirect],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  ],
  jwks: { keys: [{ ...(await exportJWK(rsa)), alg: 'RS256', use: 'sig' }, { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
  cookies: { keys: [secret] },
  pkce: { required: () => true },
  ttl: { AuthorizationCode: 60, Session: 600, Interaction: 600, Grant: 600, IdToken: 600, AccessToken: 600 },
})
console.log(`ready ${port}`)
