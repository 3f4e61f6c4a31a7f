import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { Readiness } from './health.ts';
import { readPageConfig } from './page-config.ts';
import { Page } from './page.ts';
import { stopOnSignals } from './shutdown.ts';
import { startTelemetry, stopTelemetry } from './telemetry.ts';

const config = readConfig(process.env);
const readiness = new Readiness();
const app = await createApp({
  logLevel: config.logLevel,
  readiness,
  page: Page.load(fileURLToPath(new URL('page', import.meta.url))),
  pageConfig: readPageConfig(process.env),
});

await startTelemetry();
await app.listen({ host: config.host, port: config.port });
readiness.set(true);
stopOnSignals({ app, config, readiness, stopTelemetry });
