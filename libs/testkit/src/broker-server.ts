import { connect } from 'amqplib'

/** Throws unless a RabbitMQ answers there and lets us in. */
export async function visitBroker(url: string): Promise<void> {
  const connection = await connect(url, { timeout: 3_000 })
  await connection.close()
}

/** Whether a RabbitMQ answers there and lets us in. */
export async function canConnect(url: string): Promise<boolean> {
  try {
    await visitBroker(url)
    return true
  } catch {
    return false
  }
}

/** Whether the management API answers there and lets us in. */
export async function hasManagement(url: string): Promise<boolean> {
  try {
    return (await request(url, 'GET', 'whoami')).ok
  } catch {
    return false
  }
}

/** Makes a vhost in which guest may do everything. */
export async function createVhost(managementUrl: string, vhost: string): Promise<void> {
  const { username } = new URL(managementUrl)
  await requireOk(await request(managementUrl, 'PUT', `vhosts/${vhost}`, {}))
  const everything = { configure: '.*', write: '.*', read: '.*' }
  await requireOk(await request(managementUrl, 'PUT', `permissions/${vhost}/${username}`, everything))
}

export async function deleteVhost(managementUrl: string, vhost: string): Promise<void> {
  await requireOk(await request(managementUrl, 'DELETE', `vhosts/${vhost}`))
}

/** The same broker, another vhost. */
export function vhostUrl(brokerUrl: string, vhost: string): string {
  const url = new URL(brokerUrl)
  url.pathname = `/${encodeURIComponent(vhost)}`
  return url.href
}

function request(managementUrl: string, method: string, path: string, body?: unknown): Promise<Response> {
  const { username, password, origin } = new URL(managementUrl)
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  return fetch(`${origin}/api/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function requireOk(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`)
}
