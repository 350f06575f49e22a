import { runPrepared } from './prepare.mjs'

runPrepared('scripts/ci.ts', process.argv.slice(2))
