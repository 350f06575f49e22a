import { runPrepared } from './prepare.mjs'

runPrepared('scripts/validate/main.ts', process.argv.slice(2))
