import { fileURLToPath } from 'node:url';
import { credentials, loadPackageDefinition, Metadata, type GrpcObject, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** The contract as others read it: from the .proto files, not from the code generated here. */
const definition = loadPackageDefinition(
  loadSync(
    [
      'greetings/v1/greetings.proto',
      'health/v1/health.proto',
    ],
    {
      includeDirs: ['../../proto', '../../node_modules/grpc-health-check/proto'].map(folder =>
        fileURLToPath(new URL(folder, import.meta.url)),
      ),
      enums: String,
      defaults: true,
    },
  ),
);

export interface CallOptions {
  readonly deadlineMs?: number;
  readonly headers?: Record<string, string>;
}

interface Stream extends AsyncIterable<Record<string, unknown>> {
  cancel(): void;
}

type Method = (request: object, metadata: Metadata, options: object, done?: (error: ServiceError | null, response: Record<string, unknown>) => void) => Stream;

/** A client of gRPC that shares nothing with the service: the implementation of the gRPC project itself. */
export class GrpcClient {
  readonly #client: Record<string, Method> & { close(): void };

  /** @param service - with its package, such as grpc.health.v1.Health */
  constructor(address: string, service: string) {
    const found = service.split('.').reduce<unknown>((value, name) => (value as GrpcObject)[name], definition);
    this.#client = new (found as new (...args: unknown[]) => Record<string, Method> & { close(): void })(
      address,
      credentials.createInsecure(),
    );
  }

  call(method: string, request: object, options: CallOptions = {}): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      this.#client[method]!(request, ...metadataAndOptions(options), (error, response) =>
        error === null ? resolve(response) : reject(error),
      );
    });
  }

  stream(method: string, request: object, options: CallOptions = {}): Stream {
    return this.#client[method]!(request, ...metadataAndOptions(options));
  }

  close(): void {
    this.#client.close();
  }
}

function metadataAndOptions(options: CallOptions): [Metadata, object] {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    metadata.set(name, value);
  }
  return [metadata, options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs }];
}
