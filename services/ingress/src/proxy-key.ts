import { timingSafeEqual } from 'node:crypto'

/** Compares without telling by its duration how much was right. An empty key accepts nobody. */
export function isProxyKey(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return b.length > 0 && a.length === b.length && timingSafeEqual(a, b)
}
