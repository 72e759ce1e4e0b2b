/** Where bytes are kept outside of the database: a bucket that speaks S3. */
import { AwsClient } from 'aws4fetch'

export interface ObjectStore {
  put(key: string, type: string, bytes: Uint8Array): Promise<void>
  /** Null when there is no such object. */
  get(key: string): Promise<Uint8Array | null>
  remove(key: string): Promise<void>
}

const ANSWER_MS = 20_000

/**
 * The bucket that `S3_URL` names: `https://KEY:SECRET@host/bucket/prefix?region=eu-central-1`, addressed by path. Rejects
 * when the storage does not answer as it should.
 */
export function s3Store(url: string): ObjectStore {
  const { origin, pathname, username, password, searchParams } = new URL(url)
  const base = `${origin}${pathname.replace(/\/$/, '')}`
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    service: 's3',
    region: searchParams.get('region') ?? 'us-east-1',
    retries: 2,
  })
  const ask = async (method: string, key: string, init: RequestInit = {}) => {
    const signal = AbortSignal.timeout(ANSWER_MS)
    const response = await client.fetch(`${base}/${key}`, { ...init, method, signal })
    if (response.ok || response.status === 404) return response
    throw new Error(`the object storage answered ${method} with ${response.status}`)
  }
  return {
    async put(key, type, bytes) {
      const response = await ask('PUT', key, {
        headers: { 'Content-Type': type },
        body: new Uint8Array(bytes),
      })
      if (!response.ok) throw new Error('the object storage knows no such bucket')
    },
    async get(key) {
      const response = await ask('GET', key)
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null
    },
    async remove(key) {
      await ask('DELETE', key)
    },
  }
}
