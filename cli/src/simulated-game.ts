/** How one engine writes the lines that differ between engines. */
export interface SimulatedGame {
  readonly code: string
  readonly steamPrefix: string
  /** Where a player stands, as the engine puts it after his token; '' where it does not. */
  readonly hasPositions: boolean
  readonly weapons: readonly [string, ...string[]]
  readonly maps: readonly [string, ...string[]]
  readonly opening: (map: string) => readonly string[]
  readonly joined: (token: string, plainToken: string, team: string) => string
  readonly teamWon: Readonly<Record<string, string>>
}

/** The games that `hlstats simulate` can play. */
export const SIMULATED_GAMES: Readonly<Record<string, SimulatedGame>> = {
  cstrike: {
    code: 'cstrike',
    steamPrefix: 'STEAM_0:',
    hasPositions: false,
    weapons: [
      'ak47',
      'm4a1',
      'awp',
      'deagle',
      'usp',
      'glock18',
      'mp5navy',
      'galil',
      'famas',
      'grenade',
      'knife',
    ],
    maps: ['de_dust2', 'de_inferno', 'de_nuke'],
    opening: (map) => [
      `Log file started (file "logs/simulated.log") (game "cstrike") (version "48/1.1.2.7/10211")`,
      `Loading map "${map}"`,
      'Server cvars start',
      'Server cvar "mp_friendlyfire" = "1"',
      'Server cvars end',
      `Started map "${map}" (CRC "-1352213912")`,
      'World triggered "Game_Commencing"',
    ],
    joined: (token, _plainToken, team) => `${token} joined team "${team}"`,
    teamWon: { CT: 'CTs_Win', TERRORIST: 'Terrorists_Win' },
  },
  csgo: {
    code: 'csgo',
    steamPrefix: 'STEAM_1:',
    hasPositions: true,
    weapons: [
      'ak47',
      'm4a1',
      'awp',
      'deagle',
      'hkp2000',
      'glock',
      'mp7',
      'galilar',
      'p250',
      'hegrenade',
      'knife',
    ],
    maps: ['de_mirage', 'de_cache', 'de_overpass'],
    opening: (map) => [
      `Log file started (file "logs/simulated.log") (game "/srv/csgo/csgo") (version "7929")`,
      `Loading map "${map}"`,
      'server_cvar: "mp_friendlyfire" "1"',
      `Started map "${map}" (CRC "-1352213912")`,
      `World triggered "Match_Start" on "${map}"`,
    ],
    joined: (_token, plainToken, team) => `${plainToken} switched from team <Unassigned> to <${team}>`,
    teamWon: { CT: 'SFUI_Notice_CTs_Win', TERRORIST: 'SFUI_Notice_Terrorists_Win' },
  },
}
