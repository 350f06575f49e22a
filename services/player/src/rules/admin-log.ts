const LONGEST_TYPE = 64
const LONGEST_MESSAGE = 255

/** What HLstatsX:CE calls those who speak in the log besides the game. */
const SPEAKERS: ReadonlyMap<string, string> = new Map([
  ['MANI_ADMIN_PLUGIN', 'Mani Admin Plugin'],
  ['BeetlesMod', 'Beetles Mod'],
  ['ADMIN', 'Admin Mod'],
])
const PLUGIN = /^(.+)\.(smx|amxx)$/
const USED_COMMAND = /^ADMIN Command: .* used command (.+)$/

/** The columns of a message of an admin mod. */
export function adminMessage(source: string, message: string): { type: string; message: string } {
  const [, plugin, extension] = PLUGIN.exec(source) ?? []
  const speaker =
    plugin === undefined ? undefined : `${extension === 'smx' ? 'Sourcemod' : 'AMXX'} (${plugin})`
  const text = source === 'ADMIN' ? (USED_COMMAND.exec(message)?.[1] ?? message) : message
  const type = speaker ?? SPEAKERS.get(source) ?? source
  return { type: cut(type, LONGEST_TYPE), message: cut(text, LONGEST_MESSAGE) }
}

/** The commands in one line to a server, each as long as its column takes it; a refused line has one, maybe empty. */
export function rconCommands(command: string): string[] {
  const commands = command
    .split(';')
    .map((part) => cut(part.trim(), LONGEST_MESSAGE))
    .filter((part) => part !== '')
  return commands.length === 0 ? [''] : commands
}

const LOOPBACK = /^(127\.|::1$|localhost$)/

/** A machine that gives a command to itself: the loopback, or the game server's own address. */
export function isOwnAddress(address: string, serverAddress: string): boolean {
  return LOOPBACK.test(address) || (serverAddress !== '' && address === serverAddress)
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : [...text].slice(0, length).join('')
}
