import { runPrepared } from './prepare.mjs'

runPrepared('scripts/test.ts', process.argv.slice(2))
