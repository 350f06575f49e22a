/** Column sizes of the tables that the texts end up in: longer ones would break a whole insert under strict SQL mode. */
export const LIMITS = {
  id: 64,
  name: 64,
  team: 64,
  role: 64,
  weapon: 64,
  map: 64,
  action: 64,
  address: 32,
  tag: 64,
  chat: 128,
  command: 1024,
  adminMessage: 255,
  adminSource: 64,
  text: 1024,
} as const

/** Cuts by code point, so that no character is halved; what is well-formed and short comes back as it is. */
export function cut(text: string, limit: number): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  if (whole.length <= limit) return whole
  let length = 0
  let end = 0
  for (const character of whole) {
    if (length === limit) break
    length++
    end += character.length
  }
  return whole.slice(0, end)
}
