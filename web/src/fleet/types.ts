import type { DeviceDetail, DeviceLoss, DevicePage, DevicePolicies, EnrolmentCode, Loss, OwnDevices, SimPage, StockReport } from '../base/api-types'

/** Parts of what the platform's OpenAPI file names, under names of their own. */
export type { DeviceDetail, Loss, OwnDevices } from '../base/api-types'
export type LossOfDevice = DeviceLoss
export type Step = Loss['steps'][number]
export type Device = DevicePage['items'][number]
export type Sim = SimPage['items'][number]
export type Command = DeviceDetail['commands'][number]
export type Certificate = DeviceDetail['certificates'][number]
export type HandOver = DeviceDetail['handOvers'][number]
export type Loan = DeviceDetail['loans'][number]
export type Event = DeviceDetail['events'][number]
export type Policies = DevicePolicies
export type Policy = DevicePolicies['items'][number]
export type Own = OwnDevices
export type ImportReport = StockReport
export type ImportRow = StockReport['items'][number]
/** A one-time code while it is shown; it is told once. */
export type Enrolment = Required<Omit<EnrolmentCode, 'done'>>
