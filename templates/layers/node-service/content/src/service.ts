import { readFileSync } from 'node:fs';

interface Manifest {
  name: string;
  version: string;
}

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest;

/** Name of the service as traces and metrics know it. */
export const serviceName = manifest.name;

/** Version of the service as traces and metrics know it. */
export const serviceVersion = manifest.version;
