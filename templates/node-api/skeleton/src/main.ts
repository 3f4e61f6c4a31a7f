import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { Readiness } from './health.ts';
import { stopOnSignals } from './shutdown.ts';
import { startTelemetry, stopTelemetry } from './telemetry.ts';

const config = readConfig(process.env);
const readiness = new Readiness();
const app = await createApp({ logLevel: config.logLevel, readiness });

await startTelemetry();
await app.listen({ host: config.host, port: config.port });
readiness.set(true);
stopOnSignals({ app, config, readiness, stopTelemetry });
