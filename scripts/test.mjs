// Runs on any Node, to say so when it is too old, see start.mjs
if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error('Node ' + process.versions.node + ' is too old: 18 or newer');
  console.log('0 passed, 1 failed');
  process.exit(1);
}

import('./lib/testing/main.mjs').then(({ main }) => main());
