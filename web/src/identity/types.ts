/** Who is in, in the words of the platform's OpenAPI file. */
export type { LoggedIn, Me } from '../base/api-types'
