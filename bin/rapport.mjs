#!/usr/bin/env node
/** The command: in a checkout it builds first when the sources are newer than the build. */
import './build-if-stale.mjs';

const { main } = await import('../dist/src/app/main.js');
await main(process.argv.slice(2));
