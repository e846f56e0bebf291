import type { GatewayList, NetworkRefusalPage, NetworkSessionPage, NetworkZones } from '../base/api-types'

/** Parts of what the platform's OpenAPI file names, under names of their own. */
export type NetworkSession = NetworkSessionPage['items'][number]
export type Refusal = NetworkRefusalPage['items'][number]
export type Gateway = GatewayList['items'][number]
export type Zone = NetworkZones['items'][number]
