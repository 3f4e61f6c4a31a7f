/** A service for tests, in Node alone: what it is told to do is in `BEHAVIOR`. */
export const SERVER = `
const { createServer } = require('node:http');
const { PORT, HOST } = process.env;
const version = require('./version.json');
if (version.calls) {
  createServer((request, response) => response.end(version.calls)).listen(Number(process.env.GRPC_PORT), HOST);
}
createServer((request, response) => {
  if (request.url === '/readyz') {
    response.statusCode = version.ready ?? 200;
  }
  if (request.url === '/die') {
    process.exit(3);
  }
  response.end(JSON.stringify({ name: version.name, env: process.env }));
}).listen(version.port ?? Number(PORT), version.host ?? HOST, () => {
  console.log('listening');
});
`;

/** The start of a stage script. */
export const sh = (...lines: string[]) => `#!/bin/sh\n${lines.join('\n')}\n`;

/** A pipeline that passes and starts a service which answers with a name. */
export function pipeline(
  version: {
    name: string;
    ready?: number;
    port?: number;
    host?: string;
    /** What it answers where calls of gRPC are expected. */
    calls?: string;
  },
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    'ci/test': sh('echo tests pass'),
    'ci/build': sh('echo built'),
    'ci/start': sh('exec node server.js'),
    'server.js': SERVER,
    'version.json': JSON.stringify(version),
    ...more,
  };
}
