interface Post {
  /** Where the body begins in the server's log; undefined: it does not say. */
  readonly begin: number | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** Posts a body as CS2 does. */
export async function postLog(url: string, text: string | Buffer, { begin, headers = {} }: Post) {
  const body = Buffer.from(text)
  const offsets =
    begin === undefined
      ? {}
      : { 'x-logbytes-beginoffset': String(begin), 'x-logbytes-endoffset': String(begin + body.length) }
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'text/plain',
      'x-server-instance-token': '0816dd577479d82a',
      'x-server-addr': '0.0.0.0:27015',
      ...offsets,
      ...headers,
    },
  })
  return { status: response.status, headers: Object.fromEntries(response.headers) }
}
