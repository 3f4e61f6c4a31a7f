import { readFileSync } from 'node:fs';

interface Manifest {
  name: string;
  version: string;
{%- if values.service.type == 'website' %}
  description: string;
{%- endif %}
}

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest;

/** Name of the service as traces and metrics know it. */
export const serviceName = manifest.name;

/** Version of the service as traces and metrics know it. */
export const serviceVersion = manifest.version;
{%- if values.service.type == 'website' %}

/** What the service does, as the page says it. */
export const serviceDescription = manifest.description;
{%- endif %}
