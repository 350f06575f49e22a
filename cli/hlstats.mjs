#!/usr/bin/env node
import { runPrepared } from '../scripts/prepare.mjs'

runPrepared('cli/src/main.ts', process.argv.slice(2))
