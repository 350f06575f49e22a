import { runPrepared } from './prepare.mjs'

runPrepared('e2e/soak/soak.ts', process.argv.slice(2))
