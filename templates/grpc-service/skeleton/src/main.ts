import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { WatchedReadiness } from './grpc-health.ts';
import { stopOnSignals } from './shutdown.ts';
import { startTelemetry, stopTelemetry } from './telemetry.ts';

const config = readConfig(process.env);
const readiness = new WatchedReadiness();
const { app, grpc } = await createApp({ config, readiness });

await startTelemetry();
await app.listen({ host: config.host, port: config.port });
await grpc.listen({ host: config.host, port: config.grpcPort });
app.log.info(`gRPC listening at ${grpc.address}`);
readiness.set(true);
stopOnSignals({ app, config, readiness, stopTelemetry });
