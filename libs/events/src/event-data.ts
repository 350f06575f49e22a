import Type, { type Static } from 'typebox'
import { EventType } from './event-types.ts'

const name = Type.String({ maxLength: 128 })
const code = Type.String({ maxLength: 128 })
const count = Type.Integer({ minimum: 0 })
const text = Type.String({ maxLength: 1024 })
const teamCode = Type.String({ minLength: 1, maxLength: 64 })

/** A position in game units, as logged: `[x y z]` or `(attacker_position "x y z")`. */
const position = Type.Object({ x: Type.Integer(), y: Type.Integer(), z: Type.Integer() })

/** A player as ingress knew him when the line came. */
const player = Type.Object({
  /** HLstatsX's unique id: `Y:Z` for Steam, `BOT:<md5>` for bots, the name or address in the other modes. */
  uniqueId: Type.String({ minLength: 1, maxLength: 64 }),
  /** The id as logged: `STEAM_1:0:111`, `[U:1:222]`, `BOT`. */
  rawId: Type.String({ maxLength: 64 }),
  /** The user id (slot number) of the engine; 0 and below for some bots. */
  uid: Type.Integer(),
  name: Type.String({ maxLength: 64 }),
  team: Type.String({ maxLength: 64 }),
  role: Type.String({ maxLength: 64 }),
  bot: Type.Boolean(),
})

/**
 * A kill. What it triggers by the rules of one game (`kill_as_scout`, `killed_hunter`, `player_penetration` …) are action
 * events of their own, made by ingress; the headshot's action and the streaks' are the player service's business.
 */
const killData = Type.Object({
  killer: player,
  victim: player,
  weapon: Type.String({ maxLength: 64 }),
  headshot: Type.Boolean(),
  /**
   * The headshot's own line (`triggered "headshot"`, an ACTION_PLAYER event) came before the kill's: the kill does not
   * pay the action again.
   */
  headshotPaid: Type.Optional(Type.Boolean()),
  killerPosition: Type.Optional(position),
  victimPosition: Type.Optional(position),
  /** TF2's `customkill "feign_death"`: a death that did not happen. */
  feigned: Type.Optional(Type.Boolean()),
  penetrated: Type.Optional(Type.Boolean()),
  throughSmoke: Type.Optional(Type.Boolean()),
  noScope: Type.Optional(Type.Boolean()),
  attackerBlind: Type.Optional(Type.Boolean()),
})

/** Members of the rewarded team at that moment: team bonuses go to them. */
const members = Type.Array(
  Type.Object({ uniqueId: Type.String({ maxLength: 64 }), team: Type.String({ maxLength: 64 }) }),
  {
    maxItems: 256,
  },
)

const actionFields = {
  action: Type.String({ maxLength: 128 }),
  /** Added to the action's rewards: `hlx_player_bonuspoints`, `hlx_team_bonuspoints`. */
  playerBonus: Type.Optional(Type.Integer()),
  teamBonus: Type.Optional(Type.Integer()),
  properties: Type.Optional(Type.Record(Type.String(), text)),
  members: Type.Optional(members),
}

/** What each event type carries in `data`. A missing entry is a compile error. */
export const DATA_SCHEMAS = {
  /** `"P" connected, address "1.2.3.4:27005"`: address without the port, '' when `none`. */
  [EventType.PLAYER_CONNECT]: Type.Object({ player, address: Type.String({ maxLength: 64 }) }),
  /** `"P" entered the game` */
  [EventType.PLAYER_ENTRY]: Type.Object({ player }),
  /**
   * `"P" disconnected (reason "…")`. Inferred: no line said it. The reason is then `reconnected` (the id is there again with
   * another uid: HLstatsX:CE records that one), `idle` (named by no line for minutes), `map change` (bots), `renamed` (where
   * the name is the identity) or `absent` (statistics that came after he had left).
   */
  [EventType.PLAYER_DISCONNECT]: Type.Object({ player, reason: text, inferred: Type.Boolean() }),
  /** The first line that names a player whom this server's roster did not have, whatever the line was. */
  [EventType.PLAYER_SEEN]: Type.Object({ player }),
  /** `"P" joined team "CT"`, `switched from team <A> to <B>`, or another team in the token. `player.team` is the new one. */
  [EventType.PLAYER_CHANGE_TEAM]: Type.Object({ player, previousTeam: Type.String({ maxLength: 64 }) }),
  /** `"P" changed role to "scout"`: `player.role` is the new one. */
  [EventType.PLAYER_CHANGE_ROLE]: Type.Object({ player, previousRole: Type.String({ maxLength: 64 }) }),
  /** `"Old<…>" changed name to "New"`: `player.name` is the new one. */
  [EventType.PLAYER_CHANGE_NAME]: Type.Object({ player, previousName: Type.String({ maxLength: 64 }) }),
  /** `"P" triggered "clantag" (value "tag")` */
  [EventType.PLAYER_CLAN_TAG]: Type.Object({ player, tag: Type.String({ maxLength: 64 }) }),
  /** `"P" triggered "latency" (ping "35")`, milliseconds. */
  [EventType.PLAYER_LATENCY]: Type.Object({ player, pingMs: count }),
  /** `"P" triggered "time" (time "75:10")`, seconds. */
  [EventType.PLAYER_TIME]: Type.Object({ player, seconds: count }),
  /**
   * `Banid: "P" was banned "permanently" by "Console"`, or a reason to disconnect that says so. `minutes`: 0 for ever. The
   * player need not be on the server.
   */
  [EventType.PLAYER_BAN]: Type.Object({
    player,
    minutes: count,
    source: Type.Union([Type.Literal('banid'), Type.Literal('vac'), Type.Literal('steambans')]),
  }),
  /** A kill of an opponent: `"K" killed "V" with "ak47" (headshot)`. */
  [EventType.PLAYER_KILL]: killData,
  /** A kill of a team mate; ingress decides, because it knows both teams and the game's rules. */
  [EventType.PLAYER_TEAMKILL]: killData,
  /** `"P" committed suicide with "world"` */
  [EventType.PLAYER_SUICIDE]: Type.Object({
    player,
    weapon: Type.String({ maxLength: 64 }),
    position: Type.Optional(position),
  }),
  /** `"P" assisted killing "V"`, `"P" flash-assisted killing "V"`, TF2's `triggered "kill assist" against`. */
  [EventType.PLAYER_ASSIST]: Type.Object({ player, victim: player, flash: Type.Boolean() }),
  /** TF2's `triggered "damage"`: damage without a shot count. */
  [EventType.PLAYER_DAMAGE]: Type.Object({
    player,
    victim: Type.Optional(player),
    weapon: Type.String({ maxLength: 64 }),
    damage: count,
  }),
  /** TF2's `triggered "shot_fired" (weapon "scattergun")` */
  [EventType.WEAPON_FIRE]: Type.Object({ player, weapon: Type.String({ maxLength: 64 }) }),
  /** CS's `"A" attacked "V" with "ak47" (damage "29") … (hitgroup "chest")`, TF2's `triggered "shot_hit"`. */
  [EventType.WEAPON_HIT]: Type.Object({
    player,
    victim: Type.Optional(player),
    weapon: Type.String({ maxLength: 64 }),
    damage: count,
    damageArmor: count,
    hitgroup: Type.String({ maxLength: 32 }),
  }),
  /** `"P" triggered "weaponstats" (weapon "ak47") (shots "10") …` */
  [EventType.WEAPON_STATS]: Type.Object({
    player,
    weapon: Type.String({ maxLength: 64 }),
    shots: count,
    hits: count,
    kills: count,
    headshots: count,
    teamkills: count,
    damage: count,
    deaths: count,
  }),
  /** `"P" triggered "weaponstats2" (weapon "ak47") (head "1") …`: hits by body part. */
  [EventType.WEAPON_TARGETS]: Type.Object({
    player,
    weapon: Type.String({ maxLength: 64 }),
    head: count,
    chest: count,
    stomach: count,
    leftArm: count,
    rightArm: count,
    leftLeg: count,
    rightLeg: count,
  }),
  /** `"P" triggered "Defused_The_Bomb"`; the code as the catalogue has it. */
  [EventType.ACTION_PLAYER]: Type.Object({ player, position: Type.Optional(position), ...actionFields }),
  /** `"P" triggered "domination" against "V"` */
  [EventType.ACTION_PLAYER_PLAYER]: Type.Object({
    player,
    victim: player,
    position: Type.Optional(position),
    victimPosition: Type.Optional(position),
    ...actionFields,
  }),
  /** `Team "CT" triggered "CTs_Win" (CT "3") (T "0")` */
  [EventType.ACTION_TEAM]: Type.Object({ team: Type.String({ maxLength: 64 }), ...actionFields }),
  /** `World triggered "Round_Start"` */
  [EventType.ACTION_WORLD]: Type.Object({ ...actionFields }),
  /** `"P" say "gg"`: mode 1 say, 2 say_team, 3 say_squad. `command`: a question to the statistics, which is not kept. */
  [EventType.CHAT_MESSAGE]: Type.Object({
    player,
    mode: Type.Integer({ minimum: 1, maximum: 3 }),
    message: text,
    command: Type.Boolean(),
    dead: Type.Boolean(),
  }),
  /** `World triggered "Round_Start"` or `"Mini_Round_Start"`. */
  [EventType.ROUND_START]: Type.Object({ action: code }),
  /** `World triggered "Round_End"`, `"Round_Win"`, or a team's winning line; winner '' when not known. */
  [EventType.ROUND_END]: Type.Object({ action: code, winner: name }),
  /** `Loading map "de_dust2"` / `Started map "de_dust2"`: the event's own `map` is the new one already. */
  [EventType.MAP_CHANGE]: Type.Object({
    phase: Type.Union([Type.Literal('loading'), Type.Literal('started')]),
    previousMap: name,
  }),
  /**
   * What a line says about the match itself. `phase`: `start` sets all scores to 0, nothing belongs to a match in `warmup` and
   * after `over`. `externalId`: of a match plugin, '' when its match is over.
   */
  [EventType.MATCH_STATE]: Type.Object({
    phase: Type.Optional(
      Type.Union([Type.Literal('start'), Type.Literal('live'), Type.Literal('warmup'), Type.Literal('over')]),
    ),
    scores: Type.Optional(Type.Array(Type.Object({ team: teamCode, score: count }), { maxItems: 8 })),
    /** The scores are those of a match that may have ended before the line. */
    final: Type.Optional(Type.Boolean()),
    names: Type.Optional(Type.Array(Type.Object({ team: teamCode, name }), { maxItems: 8 })),
    externalId: Type.Optional(Type.String({ maxLength: 64 })),
  }),
  /** CS2's round_stats: what the game shows for a player at the start of a round, for the whole match so far. */
  [EventType.MATCH_PLAYER]: Type.Object({
    player,
    mvps: count,
    damage: count,
    utilityDamage: count,
    enemiesFlashed: count,
  }),
  /** Every five minutes per talking server, made by ingress: the load sample. */
  [EventType.SERVER_TICK]: Type.Object({ players: count, maxPlayers: count }),
  /** A server was silent for five minutes: its players are gone. */
  [EventType.SERVER_IDLE]: Type.Object({ silentSeconds: count }),
  /** `rcon from "1.2.3.4:5": command "status"`; passwords never leave the parser. */
  [EventType.RCON_COMMAND]: Type.Object({
    ok: Type.Boolean(),
    address: Type.String({ maxLength: 64 }),
    command: text,
  }),
  /** `[basechat.smx] …` and the other admin mods. */
  [EventType.ADMIN_MESSAGE]: Type.Object({ source: name, message: text, playerName: name }),
  /** The last event of a server in a stream: the ingress life ended in good order. */
  [EventType.STREAM_END]: Type.Object({ lastSequence: count }),
  /** What the ingress' EventBus saw of one server: sequences from..to, count per type, digest of the canonical payloads. */
  [EventType.STREAM_AUDIT]: Type.Object({
    from: count,
    to: count,
    counts: Type.Record(Type.String(), count),
    digest: Type.String({ maxLength: 128 }),
  }),
} as const satisfies Record<EventType, Type.TSchema>

export type EventData = { [T in EventType]: Static<(typeof DATA_SCHEMAS)[T]> }
export type PlayerRef = Static<typeof player>
export type Position = Static<typeof position>
export type KillData = Static<typeof killData>
export type ActionMembers = Static<typeof members>
