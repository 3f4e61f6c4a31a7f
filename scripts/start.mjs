// Runs on any Node, to say so when it is too old: nothing newer than the
// dynamic import may stand in this file.
if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error(
    'Node ' +
      process.versions.node +
      ' is too old: 18 or newer starts the portal, https://nodejs.org',
  );
  process.exit(1);
}

import('./lib/start.mjs').then(({ main }) => main());
