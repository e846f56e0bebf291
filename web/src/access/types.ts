import type { AccountPage, Policy, Requests, Roles, Units } from '../base/api-types'

/** Parts of what the platform's OpenAPI file names, under names of their own. */
export type { AccountDetail, Holding, Roles } from '../base/api-types'
export type Account = AccountPage['items'][number]
export type Role = Roles['roles'][number]
export type Request = Requests['items'][number]
export type Unit = Units['items'][number]
export type Rule = Policy['items'][number]
