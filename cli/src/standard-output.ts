import { pipeline } from 'node:stream/promises'

/** Writes texts no faster than the reader takes them; a reader that has enough (`| head`) is a usual end. */
export async function writeOut(texts: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(texts, process.stdout, { end: false })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
}
