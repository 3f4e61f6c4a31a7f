import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { Readiness } from './health.ts';
import { stopGracefully } from './shutdown.ts';
import { startTelemetry, stopTelemetry } from './telemetry.ts';

const config = readConfig(process.env);
const readiness = new Readiness();
const app = await createApp({ logLevel: config.logLevel, readiness });

await startTelemetry();
await app.listen({ host: config.host, port: config.port });
readiness.set(true);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // A signal to the whole process group arrives twice: from its sender and from npm
    if (!stopping) {
      stopping = true;
      void stopGracefully({ app, config, readiness, signal, stopTelemetry }).then(exitCode => {
        process.exit(exitCode);
      });
    }
  });
}
