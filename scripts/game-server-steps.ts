interface Ports {
  readonly udp: string
  readonly logHttp: string
}

/** What to do for a game server to be counted, as lines for a terminal. */
export function gameServerSteps({ udp, logHttp }: Ports): string {
  return `Register a game server:   npm run hlstats -- servers add <ip:port> --game cstrike --name "My server"
and on that server:       log on; logaddress_add <this machine's ip>:${udp}   (GoldSrc: a blank instead of the colon)
CS2 posts its log:        npm run hlstats -- servers add <ip:port> --game cs2 --http-token
and on that server:       log on; logaddress_add_http "http://<this machine's ip>:${logHttp}/<the token that it says>"`
}
