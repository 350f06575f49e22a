import type { LineKind } from '../parsed-line.ts'

/** What a line of each kind says, in the order of the documentation. */
export const SECTIONS: readonly (readonly [
  title: string,
  meanings: Partial<Readonly<Record<LineKind, string>>>,
])[] = [
  [
    'Fights',
    {
      kill: 'A player killed a player, of the other team or of his own. Places come from `[x y z]` behind the tokens or from properties, which win.',
      killOther: 'A player destroyed a thing.',
      killPet: 'A player killed the pet of another (PVKII).',
      suicide: 'A player killed himself, or the world did.',
      incap:
        'A survivor was knocked down (L4D). `player` is the attacker, although the line begins with the victim.',
      assist: 'A player helped with a kill. TF2 writes a trigger instead: `"kill assist" against`.',
      attack: 'A hit, with hit groups in CS:GO and CS2.',
      damage: 'Damage without a hit group: TF2’s trigger, and TFC.',
      heal: 'A medic healed.',
      shot: 'A shot, or a shot that hit (TF2 with supplemental stats).',
      blind: 'A flashbang blinded somebody. `player` threw it, although the line begins with the blinded.',
      throw: 'A grenade flies, in two forms.',
      killLocation: 'Where the next kill happens: superlogs plugins write it before the engine’s line.',
    },
  ],
  [
    'Players',
    {
      connect: 'A client connects.',
      validated: 'Steam knows the client.',
      entry: 'A client enters the game.',
      disconnect:
        'A client leaves, or is kicked. The reason may be the client’s own words, and is taken whole.',
      ban: 'A client is banned.',
      joinTeam: 'A player changes teams. The token of `switched from` has no team.',
      changeRole: 'A player changes class.',
      changeName: 'A player changes his name: the token has the old one, and the new one is taken whole.',
      spawn: 'A player appears on the map.',
      chat: 'What a player says, whole, quotes included. Without its closing quote the line was cut.',
      privateChat: 'What a player says to one other.',
      clanTag: 'A player’s clan tag.',
      latency: 'A player’s ping.',
      time: 'How long a player was here.',
      positionReport: 'Where a player is.',
      apiRequest: 'A plugin asks for a player’s numbers.',
      playerNote: 'Something about a player that nothing counts.',
    },
  ],
  [
    'Actions, weapons and money',
    {
      playerAction:
        'A player did something with a code. Codes that have a kind of their own (damage, weaponstats …) are not here.',
      playerPlayerAction: 'The same against another player.',
      weaponStats: 'Shots and hits of a weapon since the last such line.',
      weaponTargets: 'Hits of a weapon by body part.',
      pickUp: 'A player takes an item.',
      drop: 'A player drops an item.',
      purchase: 'A player buys an item.',
      selectWeapon: 'A player takes a weapon in hand.',
      leaveBuyZone: 'What a player carries when he leaves the buy zone.',
      money: 'A player’s money changes.',
    },
  ],
  [
    'Teams, rounds and matches',
    {
      worldAction: 'Something happened to everybody.',
      teamAction: 'A team did something; `players` are the capturers.',
      teamScore: 'A team’s score.',
      teamName: 'What the team on a side calls itself; empty when it has no name.',
      teamAlliance: 'Two teams fight together.',
      matchStatus: 'The score of a match.',
      gameOver: 'A match is over.',
      accolade: 'An award at the end of a match.',
      matchFlow: 'A match goes on or pauses.',
      matchMarker: 'What a match plugin wrote.',
    },
  ],
  [
    'Server',
    {
      mapLoading: 'A map is being loaded.',
      mapStarted: 'A map has started. CS2 leaves out its name.',
      logFile: 'A log file begins or ends.',
      serverCvar: 'A setting. The value of a password is `[redacted]`.',
      cvarList: 'A list of settings begins or ends.',
      rcon: 'Somebody controls the server. The password is left out, of the login as of commands that set one.',
      serverMessage: 'What the server itself says.',
      adminMessage: 'What an administration plugin says.',
      pluginMessage: 'What another plugin says.',
      engineMessage: 'What the engine says about itself; L4D’s director most of all.',
      vote: 'A vote has ended.',
      voteDetails: 'Who wanted whom to be kicked.',
      authFailure: 'Steam refuses a client.',
      projectile: 'A grenade in flight.',
      jsonPart: 'A line of a JSON block; `jsonEntry` reads the key and value in it.',
      dystopiaRecord: 'A record of Dystopia, which quotes nothing.',
    },
  ],
  [
    'What is left',
    {
      glued: 'Two lines in one: the first was cut, and the second stands whole behind it.',
      unrecognised:
        'Everything else, with the subject as far as it was understood. `reason` is `ambiguous` where a name imitates a line.',
    },
  ],
]
