/** Settings of the service, all of them read from the environment. */
export interface Config {
  /** Address the API listens on. */
  readonly host: string;
  /** Port of the API; 0 takes any free one. */
  readonly port: number;
{%- if values.service.grpcPort %}
  /** Port of gRPC; 0 takes any free one. */
  readonly grpcPort: number;
{%- endif %}
  /** Port of the Prometheus endpoint; 0 takes any free one. */
  readonly metricsPort: number;
  /** Least severe level that is logged. */
  readonly logLevel: LogLevel;
  /** How long the service goes on serving after it has reported itself not ready, in milliseconds. */
  readonly shutdownDelayMs: number;
  /** How long requests under way may take after that, in milliseconds. */
  readonly shutdownTimeoutMs: number;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/**
 * Reads the settings and refuses anything that is not valid, so that a mistake
 * stops the rollout instead of surfacing in production.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    host: env.HOST || '0.0.0.0',
    port: readInteger(env, 'PORT', ${{ values.service.port }}, 65535),
{%- if values.service.grpcPort %}
    grpcPort: readInteger(env, 'GRPC_PORT', ${{ values.service.grpcPort }}, 65535),
{%- endif %}
    metricsPort: readInteger(env, 'METRICS_PORT', ${{ values.service.metricsPort }}, 65535),
    logLevel: readLogLevel(env),
    shutdownDelayMs: readInteger(env, 'SHUTDOWN_DELAY_MS', 5000, 300_000),
    shutdownTimeoutMs: readInteger(env, 'SHUTDOWN_TIMEOUT_MS', 20_000, 300_000),
  };
}

function readInteger(env: NodeJS.ProcessEnv, name: string, fallback: number, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') {
    return fallback;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) {
    throw new Error(`${name} must be a whole number between 0 and ${max}, got "${text}"`);
  }
  return value;
}

function readLogLevel(env: NodeJS.ProcessEnv): LogLevel {
  const text = env.LOG_LEVEL || 'info';
  const level = logLevels.find(known => known === text);
  if (level === undefined) {
    throw new Error(`LOG_LEVEL must be one of ${logLevels.join(', ')}, got "${text}"`);
  }
  return level;
}
