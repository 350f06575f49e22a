import { runPrepared } from './prepare.mjs'

runPrepared('scripts/cluster.ts', process.argv.slice(2))
