const COMMANDS = new Set(
  `skill rank points place kdratio kdeath kpd session session_data statsme next knife usp glock deagle p228 m3 xm1014
   mp5navy tmp p90 m4a1 ak47 sg552 scout awp g3sg1 m249 hegrenade flashbang elite aug mac10 fiveseven ump45 sg550 famas
   galil maps map_stats map kill kills player_kills weapon weapons weapon_usage action actions hlx_menu status load pro
   servers clans cheaters bans help timeleft nextmap thetime`.split(/\s+/),
)
const TOP = /^top[1-9]\d?$/
const PREFIXES = /^hlx_(display|teams|set|chat|auto)/
// The short forms in which people ask for a weapon, wherever they stand in a short text.
const WEAPON_REQUEST =
  /ak47|ak|m4|m4a1|deagle|famas|galil|scout|awp|awm|aug|m249|para|sig|tmp|grenade|usp|glock/i

/** What HLstatsX:CE takes for a question to itself and does not keep as chat. */
export function isChatCommand(message: string): boolean {
  const asked = message.replace(/^\//, '').toLowerCase()
  if (COMMANDS.has(asked) || TOP.test(asked) || PREFIXES.test(asked)) return true
  if (message.length > 28) return false
  const length = [...message].length
  return length >= 4 && length <= 14 && WEAPON_REQUEST.test(message)
}
