/** Who did what, in the words of the platform's OpenAPI file. */
export type { AuditEntry as Entry, Checkpoint, InclusionProof as Proof } from '../base/api-types'
