/** In game units. */
export interface Position {
  readonly x: number
  readonly y: number
  readonly z: number
}

/** `"Name<uid><id><team>"`, with roles and L4D's long tail. */
export interface PlayerToken {
  /** As logged, whatever is in it. */
  readonly name: string
  /** The user id (slot number) of the engine. */
  readonly uid: number
  /** `STEAM_1:0:111`, `[U:1:222]`, `76561197960265950`, `BOT`, `Console`, `HLTV`, `STEAM_ID_PENDING`, '' … */
  readonly rawId: string
  readonly team: string
  /** Fifth group of some mods, the character in L4D; '' without. */
  readonly role: string
  /** `[x y z]` behind the token, or L4D's `<setpos_exact …>` in it. */
  readonly position: Position | undefined
}
