import { ask, type Problem } from '../base/api'
import type { Photo, Position } from '../base/api-types'

/**
 * Sends a photo to the platform in pieces. It may break off at any moment and be begun again, by this page or the next one:
 * the platform knows a photo by its hash and tells what it has of it. Whoever keeps the photo calls {@link upload} until it
 * is whole.
 */
export type Shot = { declaration: string; bytes: Blob; sha256: string; takenAt: string; position?: Position }

export type Uploaded =
  | { kind: 'whole'; photo: Photo }
  /** No network; {@code offset} bytes are safe. Call again later. */
  | { kind: 'offline'; offset: number }
  /** The platform says no; calling again changes nothing, unless its status is 503 or 401. */
  | { kind: 'problem'; problem: Problem }

/** As long as a piece fits into what a request may carry, and a bad line gets it through in the time that a request has. */
const PIECE = 256 * 1024
export const MOST_BYTES = 10 * 1024 * 1024

export async function sha256(bytes: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(await bytes.arrayBuffer()))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const photosOf = (declaration: string): string => `/api/v1/declarations/${encodeURIComponent(declaration)}/photos`

/** @param onprogress hears how many bytes are there, after each piece */
export async function upload(shot: Shot, onprogress: (offset: number) => void = () => undefined): Promise<Uploaded> {
  const { sha256: hash, takenAt, position } = shot
  const begun = await ask<Photo>(photosOf(shot.declaration), { method: 'POST', body: { sha256: hash, bytes: shot.bytes.size, takenAt, ...(position ? { position } : {}) } })
  if (begun.kind !== 'ok') return begun.kind === 'problem' ? begun : { kind: 'offline', offset: 0 }
  let photo = begun.body
  let stuck = 0
  while (!photo.whole) {
    onprogress(photo.offset)
    const { id, offset } = photo
    const sent = await ask<Photo>(`/api/v1/photos/${id}/pieces?offset=${offset}`, { method: 'POST', bytes: shot.bytes.slice(offset, offset + PIECE) })
    if (sent.kind === 'ok') photo = sent.body
    else if (sent.kind === 'problem' && sent.problem.code === 'photo-offset') photo = { ...photo, offset: Number(sent.problem['offset']) }
    else return sent.kind === 'problem' ? sent : { kind: 'offline', offset }
    stuck = photo.offset === offset && !photo.whole ? stuck + 1 : 0
    if (stuck > 1) return { kind: 'offline', offset }
  }
  onprogress(shot.bytes.size)
  return { kind: 'whole', photo }
}

/** The picture as it was taken where the platform takes it so; else the same one, smaller. Nothing where it is none. */
export async function fitting(picture: Blob): Promise<Blob | undefined> {
  if (picture.size <= MOST_BYTES && ['image/jpeg', 'image/png', 'image/webp'].includes(picture.type)) return picture
  const bitmap = await createImageBitmap(picture).catch(() => undefined)
  if (!bitmap) return undefined
  const scale = Math.min(1, 3000 / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const smaller = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.9))
  return smaller && smaller.size <= MOST_BYTES ? smaller : undefined
}

const PATIENCE_MS = 5000

/** Where the device is, if it says so soon. */
export const position = (): Promise<Position | undefined> =>
  new Promise((found) => {
    if (!('geolocation' in navigator)) return found(undefined)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy) }),
      () => found(undefined),
      { timeout: PATIENCE_MS, maximumAge: 60_000, enableHighAccuracy: true },
    )
  })
